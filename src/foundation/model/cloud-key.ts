/** Whose own interface tells the policy, apart from the registry's. */
export const clouds = ['tencent', 'alibaba', 'huawei', 'google', 'jfrog'] as const;
export type Cloud = (typeof clouds)[number];

/** What a cloud's interface is asked with. Never logged, never in a message. */
export type CloudKey =
  /** An id and a secret that sign each request; `sessionToken` goes with keys that expire. */
  | {
      readonly kind: 'key-pair';
      readonly id: string;
      readonly secret: string;
      readonly sessionToken?: string;
      readonly region?: string;
      readonly project?: string;
    }
  /** A token that is sent as it is. `url` says whose it is, where every installation is its own cloud: it goes nowhere else. */
  | { readonly kind: 'token'; readonly token: string; readonly project?: string; readonly url?: string }
  /** An account that signs its own request for a token. `privateKey` is PEM. */
  | { readonly kind: 'service-account'; readonly email: string; readonly privateKey: string; readonly project?: string }
  /** What a person's sign-in left behind, to get tokens with. */
  | {
      readonly kind: 'refresh-token';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly refreshToken: string;
      readonly project?: string;
    };
