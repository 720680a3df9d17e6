const COMPANY_FILE = /(?:^|\/)(?:company\/(?:[^/]+\/)*[^/]+|[^/]+\.osv|x_[^/]+|denied-packages)\.(?:jsonl?|ya?ml)$/;

/** Returns whether a file is a company's own by its path: in a folder called company, or called x_*, *.osv.* or denied-packages.*. Whatever else its name looks like, it is nobody else's. */
export function isCompanyFile(name: string): boolean {
  return COMPANY_FILE.test(name);
}
