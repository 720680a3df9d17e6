import type { Digest } from '../foundation/model/brand.ts';

/** A parsed image reference. @see https://github.com/distribution/reference/blob/main/reference.go */
export interface ImageReference {
  /** Host, with port when given: 'docker.io', 'harbor.example.com', 'localhost:5000'. */
  readonly registry: string;
  /** 'library/nginx', 'team/app/web'. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}
