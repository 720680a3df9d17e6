import type { ReleaseDates } from './release-dates.ts';

/**
 * The last day on which the makers of a distribution fix security flaws of each release for everybody: long-term support counts, paid-for support does not. Lines of
 * `version endsAt codename paidUntil`, newest first, where a missing codename before a date is `-`; a release whose end is not set yet has no line.
 * Dates as collected by endoflife.date on 2026-08-22; `source` is where the makers say so.
 * @see https://endoflife.date
 */
export const releaseTables: readonly (Omit<ReleaseDates, 'releases'> & { readonly lines: string })[] = [
  {
    id: 'debian',
    name: 'Debian',
    source: 'https://wiki.debian.org/LTS',
    lines: `13 2030-06-30 trixie
      12 2028-06-30 bookworm
      11 2026-08-31 bullseye
      10 2024-06-30 buster
      9 2022-07-01 stretch
      8 2020-06-30 jessie
      7 2018-05-31 wheezy
      6 2016-02-29 squeeze
      5 2012-02-06 lenny
      4 2010-02-15 etch
      3.1 2008-03-31 sarge
      3.0 2006-06-30 woody
      2.2 2003-06-30 potato
      2.1 2000-10-30 slink
      2.0 1999-02-15 hamm
      1.3 1998-12-08 bo
      1.2 1997-10-23 rex
      1.1 1996-12-12 buzz`,
  },
  {
    id: 'ubuntu',
    name: 'Ubuntu',
    source: 'https://ubuntu.com/about/release-cycle',
    lines: `26.04 2031-04-30 resolute 2036-04-30
      25.10 2026-07-01 questing
      25.04 2026-01-17 plucky
      24.10 2025-07-10 oracular
      24.04 2029-05-31 noble 2036-05-31
      23.10 2024-07-12 mantic
      23.04 2024-01-20 lunar
      22.10 2023-07-20 kinetic
      22.04 2027-04-01 jammy 2032-04-09
      21.10 2022-07-14 impish
      21.04 2022-01-20 hirsute
      20.10 2021-07-22 groovy
      20.04 2025-05-31 focal 2030-04-02
      19.10 2020-07-06 eoan
      19.04 2020-01-23 disco
      18.10 2019-07-18 cosmic
      18.04 2023-05-31 bionic 2028-04-01
      17.10 2018-07-19 artful
      17.04 2018-01-13 zesty
      16.10 2017-07-20 yakkety
      16.04 2021-04-02 xenial 2026-04-02
      15.10 2016-07-28 wily
      15.04 2016-02-04 vivid
      14.10 2015-07-23 utopic
      14.04 2019-04-02 trusty 2024-04-02
      13.10 2014-07-17 saucy
      13.04 2014-01-27 raring
      12.10 2014-05-16 quantal
      12.04 2017-04-28 precise 2019-04-26
      11.10 2013-05-09 oneiric
      11.04 2012-10-28 natty
      10.10 2012-04-10 maverick
      10.04 2013-05-09 lucid
      9.10 2011-04-30 karmic
      9.04 2010-10-23 jaunty
      8.10 2010-04-30 intrepid
      8.04 2013-05-09 hardy
      7.10 2009-04-18 gutsy
      7.04 2008-10-19 feisty
      6.10 2008-04-26 edgy
      6.06 2011-06-01 dapper
      5.10 2007-04-13 breezy
      5.04 2006-10-31 hoary
      4.10 2006-04-30 warty`,
  },
  {
    id: 'alpine',
    name: 'Alpine Linux',
    source: 'https://alpinelinux.org/releases/',
    lines: `3.24 2028-06-01
      3.23 2027-11-01
      3.22 2027-05-01
      3.21 2026-11-01
      3.20 2026-04-01
      3.19 2025-11-01
      3.18 2025-05-09
      3.17 2024-11-22
      3.16 2024-05-23
      3.15 2023-11-01
      3.14 2023-05-01
      3.13 2022-11-01
      3.12 2022-05-01
      3.11 2021-11-01
      3.10 2021-05-01
      3.9 2020-11-01
      3.8 2020-05-01
      3.7 2019-11-01
      3.6 2019-05-01
      3.5 2018-11-01
      3.4 2018-05-01
      3.3 2017-11-01
      3.2 2017-05-01
      3.1 2016-11-01
      3.0 2016-05-01
      2.7 2015-11-01
      2.6 2015-05-01
      2.5 2014-11-01
      2.4 2014-05-01
      2.3 2013-11-01
      2.2 2013-05-01
      2.1 2012-11-01`,
  },
  {
    id: 'rhel',
    name: 'Red Hat Enterprise Linux',
    source: 'https://access.redhat.com/support/policy/updates/errata/',
    lines: `10 2035-05-31 - 2039-05-31
      9 2032-05-31 - 2036-05-31
      8 2029-05-31 - 2033-05-31
      7 2024-06-30 - 2029-05-31
      6 2020-11-30 - 2024-06-30
      5 2017-03-31 - 2020-11-30
      4 2012-02-29 - 2017-03-31`,
  },
  {
    id: 'centos',
    name: 'CentOS Linux',
    source: 'https://www.redhat.com/en/topics/linux/centos-linux-eol',
    lines: `8 2021-12-31
      7 2024-06-30
      6 2020-11-30
      5 2017-03-31`,
  },
  {
    id: 'centos-stream',
    name: 'CentOS Stream',
    source: 'https://www.centos.org/cl-vs-cs/',
    lines: `10 2030-05-31
      9 2027-05-31
      8 2024-05-31`,
  },
  {
    id: 'almalinux',
    name: 'AlmaLinux',
    source: 'https://wiki.almalinux.org/release-notes/',
    lines: `10 2035-05-31
      9 2032-05-31
      8 2029-05-31`,
  },
  {
    id: 'rocky',
    name: 'Rocky Linux',
    source: 'https://wiki.rockylinux.org/rocky/version/',
    lines: `10 2035-05-31
      9 2032-05-31
      8 2029-05-31`,
  },
  {
    id: 'oracle',
    name: 'Oracle Linux',
    source: 'https://www.oracle.com/us/support/library/elsp-lifetime-069338.pdf',
    lines: `9 2032-06-30 - 2035-06-30
      8 2029-07-31 - 2032-07-31
      7 2024-12-31 - 2028-06-30
      6 2021-03-31 - 2024-12-31`,
  },
  {
    id: 'amazon',
    name: 'Amazon Linux',
    source: 'https://aws.amazon.com/amazon-linux-2/faqs/',
    lines: `2023 2029-06-30
      2 2026-06-30
      2018.03 2023-12-31
      2017.09 2023-12-31
      2017.03 2023-12-31
      2016.09 2023-12-31
      2016.03 2023-12-31
      2015.09 2023-12-31
      2015.03 2023-12-31
      2014.09 2023-12-31
      2014.03 2023-12-31
      2013.09 2023-12-31
      2013.03 2023-12-31
      2012.09 2023-12-31
      2012.03 2023-12-31
      2011.09 2023-12-31
      2010.11 2023-12-31
      1 2023-12-31`,
  },
  {
    id: 'fedora',
    name: 'Fedora',
    source: 'https://docs.fedoraproject.org/en-US/releases/eol/',
    lines: `44 2027-06-02
      43 2026-12-09
      42 2026-05-27
      41 2025-12-15
      40 2025-05-13
      39 2024-11-26
      38 2024-05-21
      37 2023-12-05
      36 2023-05-16
      35 2022-12-13
      34 2022-06-07
      33 2021-11-30
      32 2021-05-25
      31 2020-11-24
      30 2020-05-26
      29 2019-11-26
      28 2019-05-28
      27 2018-11-30
      26 2018-05-29
      25 2017-12-12
      24 2017-08-08
      23 2016-12-20
      22 2016-07-19
      21 2015-12-01
      20 2015-06-23
      19 2015-01-06
      18 2014-01-14
      17 2013-07-30
      16 2013-02-12
      15 2012-06-26
      14 2011-12-09
      13 2011-06-24
      12 2010-12-02
      11 2010-06-25
      10 2009-12-17
      9 2009-07-10
      8 2009-01-07
      7 2008-06-13
      6 2007-12-07
      5 2007-07-02
      4 2006-08-07
      3 2006-01-16
      2 2005-04-11
      1 2004-09-20`,
  },
  {
    id: 'sles',
    name: 'SUSE Linux Enterprise Server',
    source: 'https://www.suse.com/lifecycle/',
    lines: `16.0 2027-11-30 - 2030-11-30
      15.7 2031-07-31 - 2034-07-31
      15.6 2025-12-31 - 2028-12-31
      15.5 2024-12-31 - 2027-12-31
      15.4 2023-12-31 - 2026-12-31
      15.3 2022-12-31 - 2025-12-31
      15.2 2021-12-31 - 2024-12-31
      15.1 2021-01-31 - 2024-01-31
      15.0 2019-12-31 - 2022-12-31
      12.5 2024-10-31 - 2027-10-31
      12.4 2020-06-30 - 2023-06-30
      12.3 2019-06-30 - 2022-06-30
      12.2 2018-03-31 - 2021-03-31
      12.1 2017-05-31 - 2020-05-31
      12.0 2016-06-30 - 2019-07-01
      11.4 2019-03-31 - 2022-03-31
      11.3 2016-01-31 - 2019-01-30
      11.2 2014-01-31 - 2017-01-30
      11.1 2012-08-31 - 2015-08-30
      11.0 2010-12-31
      10.4 2013-07-31 - 2016-07-30
      10.3 2011-10-11 - 2014-10-31
      10.2 2010-04-11 - 2013-04-10
      10.1 2008-11-30 - 2010-12-31
      10.0 2007-12-31`,
  },
  {
    id: 'sle-micro',
    name: 'SUSE Linux Micro',
    source: 'https://www.suse.com/lifecycle/',
    lines: `6.2 2029-11-30
      6.1 2028-11-30
      6.0 2028-06-30
      5.5 2027-10-31
      5.4 2027-04-30
      5.3 2026-10-30
      5.2 2026-04-30
      5.1 2025-10-31
      5.0 2022-03-31`,
  },
  {
    id: 'opensuse-leap',
    name: 'openSUSE Leap',
    source: 'https://en.opensuse.org/Lifetime',
    lines: `16.0 2027-10-31
      15.6 2026-04-30
      15.5 2024-12-31
      15.4 2023-12-07
      15.3 2022-12-31
      15.2 2022-01-04
      15.1 2021-02-02
      15.0 2019-12-03
      42.3 2019-07-01
      42.2 2018-01-26
      42.1 2017-05-17
      13.2 2017-01-17
      13.1 2016-02-03
      12.3 2015-01-29
      12.2 2014-01-15
      12.1 2013-05-15
      11.4 2012-11-05
      11.3 2012-01-20
      11.2 2011-05-12
      11.1 2011-01-14
      11.0 2010-07-26`,
  },
  {
    id: 'photon',
    name: 'Photon OS',
    source: 'https://blogs.vmware.com/cloud-foundation/photon/',
    lines: `4.0 2027-10-11
      3.0 2025-10-02
      2.0 2022-12-01
      1.0 2022-02-28`,
  },
  {
    id: 'openwrt',
    name: 'OpenWrt',
    source: 'https://openwrt.org/docs/guide-developer/security',
    lines: `24.10 2026-09-05
      23.05 2025-08-16
      22.03 2024-04-11
      21.02 2023-04-30
      19.07 2022-04-30
      18.06 2021-07-01
      17.01 2019-02-01`,
  },
  {
    id: 'windows',
    name: 'Windows Server',
    source: 'https://learn.microsoft.com/lifecycle/products/?products=windows',
    lines: `10.0.26100 2034-11-14 ltsc2025
      10.0.25398 2026-05-12 23h2
      10.0.20348 2031-10-14 ltsc2022
      10.0.19042 2022-08-09 20h2
      10.0.19041 2021-12-14 2004
      10.0.18363 2021-05-11 1909
      10.0.18362 2020-12-08 1903
      10.0.17763 2029-01-09 ltsc2019
      10.0.17134 2019-11-12 1803
      10.0.16299 2019-04-09 1709
      10.0.14393 2027-01-12 ltsc2016 2030-01-12`,
  },
];
