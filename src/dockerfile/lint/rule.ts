import type { Severity } from '../../foundation/model/severity.ts';
import type { FixSafety, Fix } from '../../foundation/model/diagnostic.ts';
import type { TextRange } from '../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../syntax/model.ts';
import type { OptionValues, RuleOption } from './options.ts';

/**
 * The contract of a lint rule: plain data and one pure function, one rule a file.
 *
 * A rule asks questions of the parsed Dockerfile ({@link DockerfileModel}: stages, instructions, and the words of every command that a RUN would start,
 * each with its exact place in the text). It never runs a regular expression over the text of a RUN, never does I/O, and never throws on odd input:
 * the engine isolates one that does, but then the user misses what it would have said.
 *
 * To add one: a file in rules/ named `<id>-<slug>.ts` that exports `rule`, and a test of the same name in test/unit/dockerfile/lint/rules/. `npm run gen` puts it into the registry
 * and makes its page. The examples in `docs` are executed by a test: each bad one is reported by this rule, each good one is not.
 */
export interface Rule {
  /** `PL` + group digit + three digits: PL5001. Never reused. */
  readonly id: string;
  /** kebab-case, in the file's name and the page's address: `download-piped-to-interpreter`. */
  readonly slug: string;
  /** A few words for lists: "Download piped into an interpreter". */
  readonly title: string;
  readonly severity: Severity;
  /** Equivalent ids of other linters, so that their suppression comments work: DL3004 (hadolint), DS-0010 (trivy), CKV2_DOCKER_1 (checkov), SecretsUsedInArgOrEnv (BuildKit). */
  readonly aliases: readonly string[];
  /** The best fix it can offer; absent when it offers none. */
  readonly fixable?: FixSafety;
  /**
   * Ids of rules that are more specific: where one of them reports what a hit is about, it alone speaks, also for this rule's aliases and fixes. The most specific first. Default: none.
   * One leaked token is one thing to put right, however many rules notice it.
   */
  readonly givesWayTo?: readonly string[];
  /** Reported for an image's build history as well, where there is no file, only the instructions. Default true. */
  readonly appliesToHistory?: boolean;
  /** What the configuration may set beside the severity. Default: nothing. */
  readonly options?: readonly RuleOption[];
  readonly docs: RuleDocs;
  /** Returns what it found in `model`, in any order. Pure: what it needs to know of the world is in `context`. */
  check(model: DockerfileModel, context: RuleContext): Iterable<RuleHit>;
}

/** What a rule may know beside the file. */
export interface RuleContext {
  /** YYYY-MM-DD, to compare with dates in tables. */
  readonly today: string;
  readonly policy: LintPolicy;
  /** Of this rule, as far as the configuration sets them; to be read with optionOf. */
  readonly options: OptionValues;
  /** Text of the build context's .dockerignore; undefined when there is none, or nothing is known of it. */
  readonly dockerignore: string | undefined;
}

/** What only the reader's organisation can say. An empty list asks for nothing: the rule that would hold it is silent. */
export interface LintPolicy {
  /** Where images may come from: `registry.example`, `ghcr.io/org`, `docker.io/library`, `*.example.com`. Without a registry in its name an image is from docker.io. */
  readonly trustedRegistries: readonly string[];
  /** Packages that must not be installed: `telnetd`, `npm:event-stream` for one ecosystem only, `python-*`. */
  readonly deniedPackages: readonly string[];
  /** Whose packages must not be: an npm scope (`@acme`), a Composer vendor, a Go path (`github.com/acme`), a Maven group. */
  readonly deniedVendors: readonly string[];
  /** Labels that the final image must have: `org.opencontainers.image.source`, or `contact=email` for one whose value has a form (text, url, rfc3339, spdx, hash, semver, email). */
  readonly requiredLabels: readonly string[];
  /** Labels that it may have beside those, in the same form; `com.example.*` allows all that begin so. */
  readonly allowedLabels: readonly string[];
}

export interface RuleDocs {
  /** One or two sentences: what is reported, and what is deliberately not. */
  readonly reports: string;
  /** What an attacker does with it, concretely. */
  readonly why: string;
  /** How to put it right, in words. */
  readonly fix: string;
  /** Whole Dockerfiles (or as much of one as shows it). */
  readonly bad: readonly string[];
  readonly good: readonly string[];
  /** The .dockerignore under which the examples hold, for a rule that compares with it. */
  readonly dockerignore?: string;
  /** The policy under which the examples hold, for a rule that is silent without one. */
  readonly policy?: Partial<LintPolicy>;
  readonly references: readonly string[];
}

/** One place the rule reports. `range` is the word or flag at fault, not the line. */
export interface RuleHit {
  /** One sentence, specific to this place. */
  readonly message: string;
  readonly range: TextRange;
  /** What the hit is about, where that is more than, or stands elsewhere than `range`; see Rule.givesWayTo. */
  readonly subject?: TextRange;
  readonly fixes?: readonly Fix[];
}
