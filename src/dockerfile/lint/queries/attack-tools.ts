/**
 * Packages whose programs help who has broken into a container to look around, to move on or to take data out, by the names that Debian, Ubuntu, Alpine, Fedora and openSUSE give them.
 * Facts from the distributions' package lists.
 */
export const attackTools: ReadonlyMap<string, string> = new Map([
  ...named('scans the network', 'nmap nmap-ncat nmap-scripts zmap masscan rustscan arp-scan fping hping3 unicornscan nbtscan onesixtyone'),
  ...named(
    'opens connections to and from anywhere',
    'netcat netcat-openbsd netcat-traditional nc ncat netcat-gnu gnu-netcat busybox-extras socat cryptcat proxychains proxychains4 proxychains-ng chisel',
  ),
  ...named(
    'reads the memory of other processes',
    'gdb gdbserver gdb-multiarch gdb-minimal lldb strace ltrace bpftrace radare2 gef pwndbg delve edb-debugger',
  ),
  ...named(
    'reads the traffic',
    'tcpdump tshark wireshark wireshark-cli wireshark-common ngrep dsniff ettercap ettercap-text-only ettercap-common bettercap mitmproxy termshark tcpflow dumpcap',
  ),
  ...named(
    'speaks in the clear',
    'telnet inetutils-telnet telnet-ssl ftp tnftp inetutils-ftp lftp ncftp rsh-client rsh-redone-client tftp tftp-hpa inetutils-tools atftp',
  ),
  ...named(
    'serves files or shells in the clear',
    'telnetd inetutils-telnetd telnet-server vsftpd proftpd proftpd-basic pure-ftpd tftpd tftpd-hpa tftp-server rsh-server inetutils-ftpd',
  ),
  ...named('guesses passwords', 'hydra john john-data hashcat medusa ncrack crunch aircrack-ng fcrackzip patator cewl'),
  ...named(
    'attacks other systems',
    'metasploit-framework sqlmap nikto wapiti dirb gobuster ffuf wfuzz responder impacket-scripts python3-impacket yersinia beef-xss sslstrip thc-ipv6',
  ),
]);

function named(what: string, names: string): readonly (readonly [name: string, what: string])[] {
  return names.split(' ').map((name) => [name, what] as const);
}
