/**
 * Programs that no package manager installed, by the name under which Bitnami's vulnerability database has them.
 *
 * Bitnami packages what the projects themselves release and numbers it as they do, so what its records say of a version holds for a copy of that release too. A program is named here only where
 * the product in Bitnami's records (their CPE) is the project itself: not for its builds of Java, which are one vendor's. Nobody else can speak of these programs: a distribution's advisories
 * are about its own builds, OSS-Fuzz names commits of a repository and no versions, and the Kubernetes feed says again what is known of the modules that its programs are made of.
 * @see https://github.com/bitnami/vulndb
 */
export const bitnamiNames: ReadonlyMap<string, string> = new Map([
  ...[
    'alertmanager',
    'consul',
    'etcd',
    'fluent-bit',
    'git',
    'grafana',
    'haproxy',
    'helm',
    'influxdb',
    'lua',
    'mariadb',
    'memcached',
    'minio',
    'mongodb',
    'nginx',
    'node',
    'openldap',
    'pgbouncer',
    'php',
    'postgresql',
    'prometheus',
    'python',
    'rclone',
    'redis',
    'ruby',
    'sqlite',
    'valkey',
    'varnish',
    'vault',
    'wordpress',
  ].map((name) => [name, name] as const),
  ['httpd', 'apache'],
  ['nats-server', 'nats'],
]);
