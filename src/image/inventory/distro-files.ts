/** Where an image says which distribution it is, the most trustworthy first. */
export const OS_RELEASE_FILES: readonly string[] = ['etc/os-release', 'usr/lib/os-release'];

/**
 * What is asked where there is no os-release, or where it gives no version. A distribution's own file comes before redhat-release, which Oracle Linux fills with the name of Red Hat's, and before those that may be a
 * link to either. Where such links lead is listed too: a file that is known needs no second pass over the image.
 */
export const RELEASE_FILES: readonly string[] = [
  'etc/oracle-release',
  'etc/enterprise-release',
  'etc/almalinux-release',
  'etc/rocky-release',
  'etc/centos-release',
  'etc/fedora-release',
  'usr/lib/fedora-release',
  'etc/sl-release',
  'usr/lib/amazon-linux-release',
  'etc/photon-release',
  'etc/mariner-release',
  'etc/azurelinux-release',
  'etc/SuSE-release',
  'etc/gentoo-release',
  'etc/redhat-release',
  'usr/lib/redhat-release',
  'etc/system-release',
  'usr/lib/system-release',
  'etc/alpine-release',
  'etc/arch-release',
  'etc/openwrt_release',
  'etc/lsb-release',
  'etc/debian_version',
  'etc/system-release-cpe',
  'usr/lib/system-release-cpe',
  'bin/busybox',
  'usr/bin/busybox',
];

/** All of them, the most trustworthy first. */
export const DISTRO_FILES: readonly string[] = [...OS_RELEASE_FILES, ...RELEASE_FILES];
