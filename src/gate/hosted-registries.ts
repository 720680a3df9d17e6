/** Hosted services that are known for what they are: asking them what else they might be would only tell them that we were here. */
const HOSTED = [
  /^(?:docker\.io|ghcr\.io|quay\.io|gcr\.io|mcr\.microsoft\.com|public\.ecr\.aws)$/,
  /\.(?:gcr\.io|pkg\.dev|azurecr\.io|amazonaws\.com|amazonaws\.com\.cn|jfrog\.io|tencentcloudcr\.com|tencentyun\.com|aliyuncs\.com|myhuaweicloud\.com)$/,
];

/** True when the host is a public service's own, so that a probe could find nothing that its name does not tell. */
export function isHostedElsewhere(registry: string): boolean {
  return HOSTED.some((pattern) => pattern.test(registry));
}
