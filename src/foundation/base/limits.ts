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
export const MAX_DOCKERFILE_LENGTH = 2 * MIB;
/** Most diagnostics reported for one file. */
export const MAX_DIAGNOSTICS = 2000;
/** Largest configuration file. */
export const MAX_CONFIG_BYTES = MIB;
/** Largest .plimsoll.yaml: YAML takes long to read, and the editor reads it while it is typed. */
export const MAX_YAML_BYTES = MIB / 4;
/** Most problems listed of one configuration file. */
export const MAX_CONFIG_PROBLEMS = 100;
/** Most YAML aliases followed in one configuration file. */
export const MAX_CONFIG_ALIASES = 100;
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
/** Most redirects followed for one HTTP exchange. */
export const MAX_REDIRECTS = 5;
/** How long a download (an advisory database) may take as a whole, however steadily it trickles. */
export const DOWNLOAD_TIMEOUT_MS = 3_600_000;
/** How long a question may take whose answer is only a hint: what kind of registry it is, whether a tag is blocked now. */
export const PROBE_TIMEOUT_MS = 8_000;
/** Longest text of a registry's own error that is shown, in UTF-16 units. */
export const MAX_REMOTE_MESSAGE_LENGTH = 300;
/** Most pages of a registry's project list that are read to find one project. */
export const MAX_PROJECT_PAGES = 20;
/** Most questions to one interface that are under way at the same time. */
export const MAX_REQUESTS_AT_ONCE = 8;
/** Most entries of an allowlist. */
export const MAX_ALLOWLIST_ENTRIES = 100_000;
/** Largest page of a bolt file, overflow included: one value of an advisory database, plus its neighbours. Real ones stay below 1 MiB. */
export const MAX_BOLT_PAGE_BYTES = 64 * MIB;
/** Bytes of bolt pages kept in memory between look-ups. */
export const MAX_BOLT_CACHE_BYTES = 4 * MIB;
/** Longest shell text that lint parses, in UTF-16 units, and most here-documents in one: the shell parser's time grows with the square of them. */
export const MAX_SHELL_SCRIPT_LENGTH = 128 * KIB;
export const MAX_SHELL_HEREDOCS = 200;
/** Most shell commands that lint collects from one Dockerfile; instructions beyond are not looked into, with a problem that says so. */
export const MAX_SHELL_COMMANDS = 25_000;
/** Longest value of a variable that lint puts in, and most characters put in for one Dockerfile, the scripts in strings among them: `a=$a$a` doubles each time, and each `sh -c "…` is read in the one around it. */
export const MAX_VARIABLE_LENGTH = 8 * KIB;
export const MAX_EXPANDED_LENGTH = MIB / 4;
/** Deepest nesting of a JSON document that a server sends. */
export const MAX_JSON_DEPTH = 64;
/** How long a registry's policy is taken for what it was when it was read. */
export const POLICY_MEMORY_MS = 60_000;
export const MAX_REMEMBERED_POLICIES = 200;
/** Longest image reference, in UTF-16 units: 255 of host, 255 of repository, 128 of tag, 135 of digest and their separators fit. */
export const MAX_REFERENCE_LENGTH = 1024;
/** How much of a file is read at once when it is read from end to end. */
export const READ_CHUNK_BYTES = MIB;
/** From how many bytes on a thread of its own is worth starting to take their digest: that takes as long as hashing some twenty MiB. */
export const THREAD_HASH_BYTES = 48 * MIB;
/** Of a part of a file: from how many bytes on it is hashed by another thread, how much is read at once for that, and most threads that do. */
export const RANGE_HASH_BYTES = 16 * MIB;
export const HASH_BLOCK_BYTES = MIB / 4;
export const MAX_HASH_THREADS = 2;
/** Most layers of a file that are read side by side. */
export const LAYERS_AT_ONCE = 2;
/** Of a file that is looked into here and there: how much is read at first after a leap, and at most when one part follows the other. */
export const MIN_WINDOW_BYTES = 32 * KIB;
export const MAX_WINDOW_BYTES = MIB / 2;
/** How long reading may go on before others on the same thread have their turn. */
export const TURN_MS = 20;
/** Most bytes of JSON documents kept while an archive streams by, before it is known which of them describe the image. */
export const MAX_KEPT_JSON_BYTES = 64 * MIB;
/** Most entries of an image archive itself: layers and JSON documents, not files of the image. */
export const MAX_ARCHIVE_ENTRIES = 100_000;
/** Deepest nesting of OCI indexes. */
export const MAX_INDEX_DEPTH = 4;
/** How long an engine may take to answer a question, and to begin an export: it first writes the whole image to its own disk. */
export const ENGINE_ANSWER_TIMEOUT_MS = 30_000;
export const ENGINE_EXPORT_START_TIMEOUT_MS = 600_000;
/** How long a connection to an engine that is asked only whether it is there may take. */
export const ENGINE_PING_TIMEOUT_MS = 5_000;
/** How long ssh may take to connect to an engine's machine, in seconds as ssh wants them, and until an engine behind it has said that it is there. */
export const ENGINE_SSH_CONNECT_SECONDS = 20;
export const ENGINE_SSH_TIMEOUT_MS = 30_000;
/** Largest answer of an engine that is held whole: the list of images of a build server is a few MiB. */
export const MAX_ENGINE_ANSWER_BYTES = 64 * MIB;
/** Largest window of a zstd stream, as a power of two: 128 MiB of memory, what `zstd --ultra -22` needs. */
export const MAX_ZSTD_WINDOW_LOG = 27;
/** Most things that detectors may report of one layer. */
export const MAX_HITS_PER_LAYER = 20_000;
/** Most stages followed from one `FROM stage` to the next when a variable is looked up. */
export const MAX_STAGE_CHAIN = 64;
/** Largest advisory database as registries keep it, compressed: trivy-db is about 100 MiB. */
export const MAX_ADVISORY_ARTIFACT_BYTES = GIB;
/** How old an abandoned staging folder must be before another update clears it away. */
export const STALE_STAGING_MS = 86_400_000;
/** Largest advisory of a feed that keeps one a file. Real ones stay below 300 KiB. */
export const MAX_ADVISORY_DOCUMENT_BYTES = 4 * MIB;
/** Longest tag of a feed's XML, attributes included, in UTF-16 units. */
export const MAX_XML_TAG_LENGTH = 64 * KIB;
/** Most manifests and indexes of one layout that are looked at to find the image. */
export const MAX_MANIFESTS = 2000;
/** Most downloads of one build stage that lint follows from file to file, and most copies of one. */
export const MAX_TRACKED_DOWNLOADS = 64;
/** Longest pattern of a .gitignore file, in UTF-16 units (Linux paths have at most 4096 bytes), and most patterns of one file. */
export const MAX_IGNORE_PATTERN_LENGTH = 4096;
export const MAX_IGNORE_PATTERNS = 10_000;
/** Deepest folder below the one named that lint looks into, most entries of a tree that it looks at, and most Dockerfiles that it lints in one run. */
export const MAX_LINT_DEPTH = 100;
export const MAX_LINT_ENTRIES = 2_000_000;
export const MAX_LINT_FILES = 100_000;
/** Most threads that lint files at the same time: beyond, starting them costs more than it saves. */
export const MAX_LINT_THREADS = 8;
/** Longest compose file whose inline Dockerfiles are linted, in UTF-16 units, and most of them in one file. */
export const MAX_COMPOSE_LENGTH = MIB;
export const MAX_INLINE_DOCKERFILES = 200;
/** Most runs of data of a sparse file, largest map of one, and the most bytes that the sparse files of one layer may unpack to: a hole costs its writer nothing. */
export const MAX_SPARSE_SEGMENTS = 100_000;
export const MAX_SPARSE_MAP_BYTES = 4 * MIB;
export const MAX_SPARSE_LAYER_BYTES = GIB;
/** Largest program that is looked into. Programs of Go and Node with everything built in are a few hundred MiB. */
export const MAX_PROGRAM_BYTES = 2 * GIB;
/** Largest file that is read only to write its checksum into a Dockerfile, how long that may take, and most look-ups of one file in one go. */
export const MAX_HASHED_FILE_BYTES = 4 * GIB;
export const HASHED_FILE_TIMEOUT_MS = 900_000;
export const MAX_LOOK_UPS = 200;
/** Most bytes read of a Dockerfile: MAX_DOCKERFILE_LENGTH units of UTF-16 have at most three times as many in UTF-8. */
export const MAX_DOCKERFILE_BYTES = 3 * MAX_DOCKERFILE_LENGTH;
/** Most bytes that the cache of analysed layers and images may take up on the disk; the least recently used go first. */
export const MAX_CACHE_BYTES = GIB;
/** Largest entry of that cache, stored and unpacked: what is larger is analysed each time. */
export const MAX_CACHE_ENTRY_BYTES = 64 * MIB;
export const MAX_CACHE_ENTRY_PLAIN_BYTES = 512 * MIB;
/** Most bytes of the files of one layer that are kept to be analyzed together with a companion: a package database and its log. */
export const MAX_HELD_FILE_BYTES = 128 * MIB;
/** How often a blob's download that was cut off is taken up where it ended; each time must bring something. */
export const MAX_DOWNLOAD_RESUMES = 5;
/** Most characters of one Dockerfile that its rounds of fixing read together: a text beyond is fixed in one round, one of half as much in two. */
export const MAX_FIXED_LENGTH = MIB / 4;
/** Most packages of one database: a Debian with all there is has about 60,000. Most relations between packages that are kept of one. */
export const MAX_DATABASE_PACKAGES = 200_000;
export const MAX_RELATIONS = 1_000_000;
/** Most instructions of one Dockerfile that are read; the longest ones that people wrote have hundreds. */
export const MAX_INSTRUCTIONS = 20_000;
/** Longest value of a field of a package database or of a package's metadata, in UTF-16 units. */
export const MAX_FIELD_LENGTH = MIB;
/** How much is read of a file that names a distribution, of which a few hundred bytes are usual; and of the program busybox, which has about 1 MiB. */
export const MAX_RELEASE_FILE_BYTES = 64 * KIB;
export const MAX_BUSYBOX_BYTES = 8 * MIB;
/** Largest TOML document of an image, most marks (of keys, tables and values) in one, and deepest nesting. Lock files of the largest Python and Rust projects have a few MiB; a key of a million parts is a million tables. */
export const MAX_TOML_BYTES = 16 * MIB;
export const MAX_TOML_MARKS = 600_000;
export const MAX_TOML_DEPTH = 64;
/** Most values of one JSON document: a character of text can cost a hundred bytes of memory once it is an object. */
export const MAX_JSON_VALUES = 2_000_000;
/** Longest name and version of a package that a lock file or manifest gives, in UTF-16 units. npm allows 214, Maven's are longer. */
export const MAX_PACKAGE_NAME_LENGTH = 1024;
/** Largest bill of materials, and deepest nesting of its components. */
export const MAX_SBOM_BYTES = 256 * MIB;
export const MAX_SBOM_DEPTH = 20;
/** Zip archives of Java in one file of an image, nested ones counted: most entries that are looked at, deepest nesting, most bytes unpacked in all, and most of nested archives held at one time. An application server with everything in it has about 300,000 entries in 1,000 archives, nested twice. */
export const MAX_ZIP_ENTRIES = 1_000_000;
export const MAX_ZIP_DEPTH = 8;
export const MAX_ZIP_PLAIN_BYTES = 512 * MIB;
export const MAX_ZIP_HELD_BYTES = 96 * MIB;
/** Largest manifest, pom.properties or pom.xml in such an archive. Manifests that sign each class have a few hundred KiB. */
export const MAX_JAR_TEXT_BYTES = 4 * MIB;
/** Largest metadata of a Python egg, unpacked: a description and a few fields. */
export const MAX_EGG_METADATA_BYTES = 4 * MIB;
/** Longest list of what was built into a program (Go's modules, a bill of materials) and, of all such lists and beginnings of them in one program, the most bytes kept at the same time. */
export const MAX_PROGRAM_LIST_BYTES = 4 * MIB;
export const MAX_PROGRAM_FOUND_BYTES = 32 * MIB;
/** Most places of one program at which the same bytes are looked at closer. */
export const MAX_PROGRAM_HITS = 10_000;
/** Most components that one program may name, and largest bill of materials once unpacked. */
export const MAX_PROGRAM_COMPONENTS = 50_000;
export const MAX_PROGRAM_SBOM_BYTES = 32 * MIB;
/** Most folders around an npm package in which what it requires is looked for: as deep as paths with node_modules get. */
export const MAX_MODULE_FOLDERS = 64;
/** Most cells of one Windows registry hive that are read, and largest value that is: updates and programs make some hundred thousand cells, their values are short. */
export const MAX_HIVE_CELLS = 4_000_000;
export const MAX_HIVE_VALUE_BYTES = 64 * KIB;
/** Most bytes of advisories that building a database keeps in memory at a time, and how much is read at once of each sorted run that went to the disk. */
export const MAX_SORTED_IN_MEMORY_BYTES = 192 * MIB;
export const SORT_READ_BYTES = 128 * KIB;
/** Of a feed's XML: most attributes of a tag, deepest nesting, and longest text, comment or section, in UTF-16 units. The description of a kernel's update has about 100,000. */
export const MAX_XML_ATTRIBUTES = 256;
export const MAX_XML_DEPTH = 128;
export const MAX_XML_PART_LENGTH = 4 * MIB;
/** Largest VEX document, most statements taken from all documents together, most products, packages or names in one statement, and longest text kept of one. */
export const MAX_VEX_BYTES = 64 * MIB;
export const MAX_VEX_STATEMENTS = 200_000;
export const MAX_VEX_NAMES = 50_000;
export const MAX_VEX_TEXT = 4096;
/** Deepest nesting of the products in a CSAF document. Real ones have four levels. */
export const MAX_CSAF_DEPTH = 30;
/** Most notices in a report on ignore entries and VEX statements that were not heeded; the last says how many more there were. */
export const MAX_NOTICES = 200;
/** Most bytes of the packages of images that are remembered to be matched again: some hundred images. */
export const MAX_SEEN_BYTES = 16 * MIB;
/** Most elements of one entry of a feed's XML. The largest update of openSUSE has about 20,000. */
export const MAX_XML_ELEMENTS = 1_000_000;
/** Most ways in which the criteria of one OVAL definition can be met. SUSE's largest have about 50,000: products times packages. */
export const MAX_OVAL_WAYS = 500_000;
/** Most ranges of versions that are kept as they were read, and most answers to whether a version lies in one: what some hundred images ask, in about 10 MiB. */
export const MAX_REMEMBERED_RANGES = 20_000;
/** How often a cloud's interface is asked again after an error that passes by itself. */
export const MAX_API_RETRIES = 2;
/** Before the first of them; doubled each time. */
export const API_RETRY_DELAY_MS = 400;
/** Largest YAML of a feed: real ones have up to 40 KiB, and its parser needs seconds for a MiB. */
export const MAX_ADVISORY_YAML_BYTES = 512 * KIB;
/** Longest line of an advisory feed, longest record of one in separated values, and longest id, version, range or CVSS vector in it, in UTF-16 units. */
export const MAX_FEED_LINE_LENGTH = MIB;
export const MAX_CSV_RECORD_LENGTH = 64 * KIB;
export const MAX_ADVISORY_FIELD_LENGTH = 512;
/** Of one advisory: most ranges and versions of a package, and most questions whether a version lies in a range that is named already. Malware in every release of a package has about 3,000 versions. */
export const MAX_ADVISORY_VERSIONS = 50_000;
export const MAX_ADVISORY_RANGE_CHECKS = 1_000_000;
/** Most ranges that are written for what several records of one vulnerability clear together; more of them are kept as entries only. */
export const MAX_ADVISORY_RANGE_PRODUCTS = 64;
/** Most entries of one vulnerability in one package whose ranges cannot be written together; real ones have two or three. */
export const MAX_ADVISORY_ENTRIES = 100;
/** Largest block of a compacted advisory database, unpacked: all that is known of one package of one platform, or its neighbours too. And the bytes of such blocks kept in memory between look-ups. */
export const MAX_COMPACT_BLOCK_BYTES = 64 * MIB;
export const MAX_COMPACT_CACHE_BYTES = 2 * MIB;
/** Largest dictionary of an xz stream, held in memory: `xz -9` asks for 64 MiB. */
export const MAX_XZ_DICTIONARY_BYTES = 128 * MIB;
/** What an open advisory database keeps of its last answers: advisories, and descriptions of vulnerabilities in UTF-16 units. Enough for an image with some thousand findings, matched again. */
export const MAX_KEPT_ADVISORIES = 10_000;
export const MAX_KEPT_DETAIL_UNITS = 3 * MIB;
/** Of a lock file: how often its holder keeps it fresh, how often who waits looks, and how long it may stay untouched before it is taken over. */
export const LOCK_BEAT_MS = 10_000;
export const LOCK_POLL_MS = 250;
export const STALE_LOCK_MS = 60_000;
/** Largest list of known-exploited vulnerabilities (1.5 MiB) and of exploit probabilities (2 MiB compressed, 12 MiB plain) that is taken from a server, and of those files as kept. */
export const MAX_KEV_BYTES = 32 * MIB;
export const MAX_EPSS_BYTES = 32 * MIB;
export const MAX_EPSS_PLAIN_BYTES = 128 * MIB;
/** Of the files that an advisory database is built from: most bytes of one, unpacked; how many of them are held in memory before they are put on the disk; most entries of a folder; how deep archives lie in one another. Oracle's definitions of all years have about 400 MiB. */
export const MAX_FEED_FILE_BYTES = 2 * GIB;
export const MAX_FEED_MEMORY_BYTES = 48 * MIB;
export const MAX_FEED_ENTRIES = 10_000_000;
export const MAX_FEED_ARCHIVE_DEPTH = 3;
/** Longest range of versions that is read, in UTF-16 units: one that names each of some hundred versions has a few thousand. */
export const MAX_RANGE_LENGTH = 16_384;
/** Most packages of languages whose vulnerabilities are kept for the images that are matched next: those of some ten large images. */
export const MAX_REMEMBERED_VERDICTS = 10_000;
/** Longest member of a feed's JSON document that is read member by member, in UTF-16 units. The kernel in Debian's tracker has about 6 million. */
export const MAX_FEED_JSON_MEMBER_LENGTH = 64 * MIB;
/** Of a list that a registry gives page by page: most pages, and most entries of a list of what refers to one image. */
export const MAX_LIST_PAGES = 2000;
/** Most pages of a list in a row on which nothing stands, and longest time spent on asking for pages since one brought something that is wanted. */
export const MAX_EMPTY_PAGES = 20;
export const MAX_LIST_SILENCE_MS = 600_000;
export const MAX_REFERRERS = 10_000;
/** Of a push: longest line of the engine's answer, longest silence while the registry takes a layer in, and most layers whose progress is followed. */
export const MAX_PUSH_LINE_BYTES = 256 * KIB;
export const PUSH_IDLE_TIMEOUT_MS = 600_000;
export const MAX_PUSHED_LAYERS = 1024;
/** Of the evidence log: longest text of a field in UTF-16 units, most ids of one entry, longest line, and most bytes that are read of it. */
export const MAX_EVIDENCE_TEXT = 2000;
export const MAX_EVIDENCE_IDS = 500;
export const MAX_EVIDENCE_LINE_BYTES = 128 * KIB;
export const MAX_EVIDENCE_BYTES = 256 * MIB;
/** Longest wait for a registry's own scan, and the pauses between two questions: the first, and the longest. */
export const MAX_SCAN_WAIT_MS = 3_600_000;
export const SCAN_POLL_MS = 1000;
export const MAX_SCAN_POLL_MS = 15_000;
/** Most entries of a registry's own report that are compared. */
export const MAX_REGISTRY_REPORT_ENTRIES = 200_000;
/** Of an image's signatures: most that are looked at of each place where they are kept, largest one, and most bytes of all of them. Real ones have some KiB, attestations beside them some MiB. */
export const MAX_SIGNATURES = 100;
export const MAX_SIGNATURE_BYTES = 8 * MIB;
export const MAX_SIGNATURES_BYTES = 64 * MIB;
/** Most certificates in the chain of a signature, and largest key, certificate or annotation of one. */
export const MAX_CERTIFICATE_CHAIN = 10;
export const MAX_PEM_BYTES = 64 * KIB;
/** Largest trusted_root.json: that of the public sigstore has 8 KiB. Longest identity in a certificate, in UTF-16 units. */
export const MAX_TRUST_ROOT_BYTES = MIB;
export const MAX_IDENTITY_LENGTH = 2048;
/** Of a server that asks for patience (429, or 503 with Retry-After): how often it is asked again, the longest wait at once, and the first one where it names none, doubled each time. */
export const MAX_PATIENT_RETRIES = 6;
export const MAX_RETRY_WAIT_MS = 120_000;
export const FIRST_RETRY_WAIT_MS = 1000;
/** How often a registry that failed at a read (500, 502 to 504) is asked again, and the longest wait before the first time, doubled each time. */
export const MAX_READ_RETRIES = 2;
export const READ_RETRY_WAIT_MS = 100;
/** Of what is attached to an image: its largest size, how long its upload may take, how often an upload that was cut off is begun anew. */
export const MAX_ATTACHMENT_BYTES = 128 * MIB;
export const UPLOAD_TIMEOUT_MS = 600_000;
export const MAX_UPLOAD_RETRIES = 3;
/** How often the list of an image's referrers is written anew after somebody else wrote it at the same time, and the longest pause (drawn by chance) before it is looked at again. */
export const MAX_LIST_REWRITES = 20;
export const LIST_SETTLE_MS = 400;
/** Most reports attached to one image that are looked at to find one that can be used. */
export const MAX_FOUND_REPORTS = 5;
/** Of an audit of a registry's namespace: most repositories and images of one run (more are divided with --shard), most ids that block told of one image, most images judged at the same time, largest line and file of its state. */
export const MAX_AUDITED_REPOSITORIES = 100_000;
export const MAX_AUDITED_IMAGES = 100_000;
export const MAX_AUDITED_IDS = 50;
export const MAX_AUDIT_JOBS = 32;
export const MAX_AUDIT_LINE_BYTES = MIB;
export const MAX_AUDIT_STATE_BYTES = GIB;
