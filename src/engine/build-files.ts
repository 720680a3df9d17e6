/** What Plimsoll lints a file as: a Dockerfile, or a compose file with Dockerfiles written into it (`dockerfile_inline`). */
export type BuildFileKind = 'dockerfile' | 'compose';

/** Dockerfile, Containerfile, Dockerfile.prod, Dockerfile-windows, web.Dockerfile, web.containerfile. */
const DOCKERFILE_NAME = /^(?:dockerfile|containerfile)(?:[.-].+)?$|\.(?:dockerfile|containerfile)$/i;
/** What only has it in its name: what builds leave out, templates of Dockerfiles, documents, data, signatures, patches, and what editors and merges leave behind. */
const NO_DOCKERFILE =
  /~$|\.(?:dockerignore|containerignore|template|tmpl|tpl|gotmpl|j2|jinja2?|erb|ejs|hbs|mustache|m4|in|md|markdown|mdx|rst|adoc|html?|pdf|svg|png|json|ya?ml|toml|xml|csv|lock|log|sh|bash|bat|cmd|ps1|asc|sig|sha\d+|patch|diff|bak|orig|rej|sw[op]|tmp)$/i;
/** compose.yaml, docker-compose.yml, compose.override.yaml, docker-compose-dev.yml. */
const COMPOSE_NAME = /^(?:docker-)?compose(?:[.\-_].*)?\.ya?ml$/i;

/**
 * Returns what the file with this name is to be linted as; undefined for any other. The one place that knows: the CLI asks for the files of a folder, the language
 * server for documents whose language the editor does not tell. Only the last part of a path or URI counts.
 */
export function buildFileKindOf(path: string): BuildFileKind | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  if (DOCKERFILE_NAME.test(name) && !NO_DOCKERFILE.test(name)) return 'dockerfile';
  return COMPOSE_NAME.test(name) ? 'compose' : undefined;
}
