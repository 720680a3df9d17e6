import type { ImageName } from '../../syntax/model.ts';

/** Names that say so. */
const SAYS_NON_ROOT = /non-?root|rootless|unprivileged|chiseled|distroless-extra|(?:^|\/)chainguard\//;

/** Registry and repository of published images whose last USER is not root, from their Dockerfiles and documentation. Without a registry: of Docker Hub. */
const NON_ROOT =
  /^(?:library\/(?:elasticsearch|haproxy|hitch|jetty|kibana|kong|logstash|memcached|solr|sonarqube|varnish)|(?:bitnami|bitnamilegacy|cimg|circleci|jupyter|selenium)\/[\w.-]+|jenkins\/(?:jenkins|agent|inbound-agent|ssh-agent)|grafana\/(?:grafana|loki|mimir|tempo)[\w-]*|prom\/[\w-]+|apache\/(?:airflow|druid|kafka|nifi|spark|superset)[\w-]*|curlimages\/curl|mambaorg\/micromamba|gitpod\/workspace-[\w-]+|sonatype\/nexus3|browserless\/chrome|cgr\.dev\/[\w./-]+|docker\.elastic\.co\/[\w./-]+|ghcr\.io\/(?:actions\/actions-runner|puppeteer\/puppeteer)|mcr\.microsoft\.com\/mssql\/server|quay\.io\/(?:jupyter|sclorg|strimzi)\/[\w.-]+|quay\.io\/keycloak\/keycloak|registry\.(?:access\.)?redhat\.com\/ubi\d+\/(?:dotnet|go-toolset|httpd|nginx|nodejs|openjdk|perl|php|python|ruby)-[\w.-]+)$/;

/** What is known of the user that a base image's containers run as: `own` is not root; `unknown` is that of an image that is neither official nor known. */
export function baseImageUser(image: ImageName): 'own' | 'root' | 'unknown' {
  if (image.kind === 'scratch') return 'root';
  if (image.unresolved) return 'unknown';
  const isHub = image.registry === undefined || /^(?:index\.)?docker\.io$/.test(image.registry);
  const path = isHub ? (image.repository.includes('/') ? image.repository : `library/${image.repository}`) : `${image.registry}/${image.repository}`;
  if (SAYS_NON_ROOT.test(image.resolved) || NON_ROOT.test(path)) return 'own';
  return isHub && path.startsWith('library/') ? 'root' : 'unknown';
}
