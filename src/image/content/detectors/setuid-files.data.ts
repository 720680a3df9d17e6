import type { Severity } from '../../../foundation/model/severity.ts';

/**
 * Programs that distributions install with the setuid or setgid bit, by base name, and what an attacker who runs as an ordinary user can hope for from them.
 * `negligible`: needed for what it does and reviewed for it. `low`: no container needs it, so the bit can go.
 * Source: the file lists of Debian's, Ubuntu's, Alpine's and Fedora's own packages (passwd, shadow, util-linux, sudo, openssh, iputils, cron, dbus, polkit, at, procmail).
 */
export const distributedSetuid: ReadonlyMap<string, Severity> = new Map(
  Object.entries({
    negligible:
      'chage chfn chsh expiry gpasswd newgrp passwd su sg unix_chkpwd pam_extrausers_chkpwd pam_timestamp_check utempter newgidmap newuidmap wall write bsd-write ssh-agent locate plocate mlocate',
    low: 'mount umount sudo sudoedit sudoreplay ping ping4 ping6 arping traceroute6 traceroute6.iputils fusermount fusermount3 ntfs-3g pkexec polkit-agent-helper-1 dbus-daemon-launch-helper ssh-keysign crontab at batch mount.nfs mount.cifs umount.nfs bbsuid doas userhelper usernetctl dotlockfile Xorg.wrap exim4 postdrop postqueue sendmail lockfile procmail staprun snap-confine chrome-sandbox vmware-user-suid-wrapper kismet_cap_linux_wifi dumpcap cockpit-session authbind screen tmux xterm',
  } satisfies Partial<Record<Severity, string>>).flatMap(([severity, names]) =>
    names.split(' ').map((name): [string, Severity] => [name, severity as Severity]),
  ),
);

/** Programs that hand over root, or any file, to whoever may run them with root's rights. @see https://gtfobins.github.io/#+suid */
export const fatalSetuid: ReadonlySet<string> = new Set(
  (
    'ash awk base64 bash busybox cat chmod chown cp csh curl dash dd docker ed emacs env expect find flock gawk gcc gdb git grep gzip head install ionice ip jq ksh ld.so less lua make mawk more mv nano nawk ' +
    'nc ncat netcat nice nmap node nodejs nsenter openssl perl php pico python python2 python3 rsync ruby rvim sed setarch sh socat sort stdbuf strace systemctl tail tar taskset tclsh tee time timeout ' +
    'unshare unzip vi vim vimdiff watch wget xargs xxd zsh'
  ).split(' '),
);
