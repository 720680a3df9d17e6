/**
 * Every bound of the product, by name. Input is hostile: whoever reads bytes that came from outside takes its bound from here, so that a
 * reviewer can see them all on one page. Sizes are in bytes, times in milliseconds.
 */

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** Largest JSON document of an image (manifest, index, config). Real ones are below 1 MiB; distribution refuses manifests over 4 MiB. */
export const MAX_IMAGE_JSON_BYTES = 8 * MIB;
/** Largest file handed whole to an analyzer. dpkg's status of a full desktop is about 6 MiB. */
export const MAX_ANALYZED_FILE_BYTES = 64 * MIB;
/** Largest file whose content is looked at for secrets and known-bad content. */
export const MAX_CONTENT_FILE_BYTES = 10 * MIB;
/** Largest uncompressed layer. */
export const MAX_LAYER_BYTES = 64 * GIB;
/** Most entries of one layer. */
export const MAX_LAYER_ENTRIES = 5_000_000;
/** Most layers of one image. overlayfs itself stops at 128 on most kernels; history may name more. */
export const MAX_LAYERS = 1024;
/** Largest uncompressed : compressed ratio once past RATIO_GRACE_BYTES. gzip cannot exceed about 1032. zstd can, which is the attack. */
export const MAX_DECOMPRESSION_RATIO = 1100;
export const RATIO_GRACE_BYTES = 64 * MIB;
/** Longest path inside an image, in UTF-16 units. Linux PATH_MAX is 4096 bytes; pax can hold more. */
export const MAX_PATH_LENGTH = 8192;
/** Largest pax or GNU long-name header. */
export const MAX_TAR_META_BYTES = MIB;
/** Most symbolic links followed to resolve one path; Linux's own MAXSYMLINKS is 40. */
export const MAX_SYMLINKS = 40;
/** Deepest nesting of shell strings, substitutions and JSON that lint looks into. */
export const MAX_SHELL_DEPTH = 16;
/** Longest Dockerfile that is linted whole, in UTF-16 units; a longer one is linted up to this, with a problem that says so. */
export const MAX_DOCKERFILE_LENGTH = 4 * MIB;
/** Most diagnostics reported for one file. */
export const MAX_DIAGNOSTICS = 2000;
/** Largest configuration file. */
export const MAX_CONFIG_BYTES = MIB;
/** Largest answer of a registry's API. */
export const MAX_API_RESPONSE_BYTES = 32 * MIB;
/** How long an API call may take as a whole, and how long an image stream may stay silent. */
export const API_TIMEOUT_MS = 20_000;
export const STREAM_IDLE_TIMEOUT_MS = 60_000;
/** How long a credential helper may take, and the most it may print. */
export const CREDENTIAL_HELPER_TIMEOUT_MS = 15_000;
export const MAX_CREDENTIAL_HELPER_BYTES = MIB;
/** Largest advisory database file, and deepest page nesting of one. */
export const MAX_ADVISORY_DB_BYTES = 4 * GIB;
export const MAX_BOLT_DEPTH = 64;
/** Most problems kept in a report; beyond it a single last problem tells how many were left out. */
export const MAX_PROBLEMS = 500;
/** Most findings of one detector in one file. */
export const MAX_FINDINGS_PER_FILE = 50;
