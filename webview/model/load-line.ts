import { isAtLeast, isSeverity, severities } from '../../src/foundation/model/severity.ts';
import type { Severity } from '../../src/foundation/model/severity.ts';
import type { PolicyDecision } from '../../src/foundation/model/policy.ts';
import type { Finding } from '../../src/foundation/model/finding.ts';

/** May the ship leave? `unread`: nobody has asked the registry yet. `unknown`: it was asked, and its answer leaves the case open. */
export type Verdict = 'may-leave' | 'held' | 'held-until-scanned' | 'unknown' | 'unread';

/** One deck: the findings of one severity, split by what the policy makes of them. `held` + `exempt` + `cleared` + `unjudged` = `total`. */
export interface Deck {
  readonly severity: Severity;
  readonly total: number;
  /** The registry blocks on these. */
  readonly held: number;
  /** Only the allowlist lets these through. */
  readonly exempt: number;
  /** At the line or below it, but not among what blocks: kinds a registry does not look at (secrets, build commands). */
  readonly unjudged: number;
  /** Above the line. */
  readonly cleared: number;
}

export interface LoadLine {
  readonly verdict: Verdict;
  /** Top deck first: unknown … critical. The keel is the worst. */
  readonly decks: readonly Deck[];
  /** Everything of this severity and worse lies below the line. Absent: the policy has no level that we know, or none is known, or it is off. */
  readonly blocksFrom?: Severity;
  /** A policy was read (whatever it says). */
  readonly policyKnown: boolean;
}

/** Returns what the drawing shows. */
export function toLoadLine(findings: readonly Finding[], decision: PolicyDecision | undefined): LoadLine {
  const blocksFrom = levelOf(decision);
  const blocking = new Set(decision?.blocking);
  const allowlisted = new Set(decision?.allowlisted);
  const decks = new Map(severities.map((severity) => [severity, { severity, total: 0, held: 0, exempt: 0, unjudged: 0, cleared: 0 }]));
  for (const finding of findings) {
    const deck = decks.get(finding.severity);
    if (deck === undefined) continue;
    deck.total += 1;
    if (blocking.has(finding.id)) deck.held += 1;
    else if (allowlisted.has(finding.id)) deck.exempt += 1;
    else if (decision === undefined || decision.decision === 'unknown' || (blocksFrom !== undefined && isAtLeast(finding.severity, blocksFrom)))
      deck.unjudged += 1;
    else deck.cleared += 1;
  }
  return {
    verdict: verdictOf(decision),
    decks: [...decks.values()].reverse(),
    ...(blocksFrom === undefined ? {} : { blocksFrom }),
    policyKnown: decision !== undefined && decision.provider !== 'none' && decision.decision !== 'unknown',
  };
}

/** Returns the registry namespace that a reference would be pushed to: harbor.example/team of harbor.example/team/app:1.2. */
export function registryNamespaceOf(reference: string): string {
  const path = reference.split('@', 1)[0] ?? reference;
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? path : path.slice(0, cut);
}

function verdictOf(decision: PolicyDecision | undefined): Verdict {
  switch (decision?.decision) {
    case undefined:
      return 'unread';
    case 'allow':
      return 'may-leave';
    case 'block':
      return 'held';
    case 'block-until-scanned':
      return 'held-until-scanned';
    case 'unknown':
      return 'unknown';
  }
}

/**
 * Returns the severity from which the policy blocks. A registry's word is taken only where it is one of ours in any case; its other words (Harbor's "none" blocks every finding) are said in the
 * policy's own text, not drawn at a place we would have to guess.
 */
function levelOf(decision: PolicyDecision | undefined): Severity | undefined {
  if (decision?.policy.enabled !== true) return undefined;
  const word = decision.policy.severity.trim().toLowerCase();
  return isSeverity(word) && word !== 'unknown' ? word : undefined;
}

/** What a container in the drawing is: `held` red, `exempt` and `unjudged` hollow, `cleared` green. */
export type CargoKind = 'held' | 'exempt' | 'unjudged' | 'cleared';

export interface CargoBox {
  readonly kind: CargoKind;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DeckShape {
  readonly deck: Deck;
  /** Middle of the deck, for its labels. */
  readonly centreY: number;
  readonly top: number;
  readonly boxes: readonly CargoBox[];
}

/** All lengths in CSS pixels, the origin at the top left. */
export interface LoadLineShape {
  readonly width: number;
  readonly height: number;
  /** SVG path of the hull's outline. */
  readonly hull: string;
  readonly decks: readonly DeckShape[];
  /** Left and right edge of the hull at the height of the line, and the line's y; drawn dashed when the line is not known. */
  readonly line: { readonly y: number; readonly left: number; readonly right: number; readonly known: boolean };
  /** Findings that one full container stands for: 1, 2, 5, 10, 20 … the same on all decks. */
  readonly perBox: number;
  /** x where the severity labels end, and where the counts begin. */
  readonly labelEnd: number;
  readonly countStart: number;
  /** There is room beside the counts to say how many are held or exempt. */
  readonly countNotes: boolean;
}

const DECK_HEIGHT = 27;
const GUNWALE = 30;
const KEEL = 15;
const BOX_WIDTH = 13;
const BOX_GAP = 2;
const BOX_MARGIN = 7;
/** Room at the bow for the mark itself: a disc with a bar through it. */
const MARK = 34;
/** Room for the labels on the left and the counts on the right, at a wide and at a narrow drawing. */
const LABELS = { wide: 104, narrow: 96 };
const COUNTS = { wide: 178, narrow: 52 };
const NARROW = 560;
/** How far each side of the hull runs in from the rail to the keel, as a part of its width. */
const RAKE = { bow: 0.13, stern: 0.05 };

/** Returns the drawing's geometry for a picture `width` pixels wide (at least 240). */
export function shapeLoadLine(loadLine: LoadLine, width: number): LoadLineShape {
  const size = width < NARROW ? 'narrow' : 'wide';
  const outer = Math.max(240, Math.floor(width));
  const left = LABELS[size];
  const right = outer - COUNTS[size];
  const height = GUNWALE + loadLine.decks.length * DECK_HEIGHT + KEEL;
  const perBox = scaleOf(loadLine.decks, sideAt(height - KEEL, left, right, height));
  const decks = loadLine.decks.map((deck, index): DeckShape => {
    const top = GUNWALE + index * DECK_HEIGHT;
    const side = sideAt(top + DECK_HEIGHT, left, right, height);
    return { deck, top, centreY: top + DECK_HEIGHT / 2, boxes: stow(deck, perBox, side, top) };
  });
  const known = loadLine.blocksFrom !== undefined;
  const below = loadLine.decks.findIndex((deck) => deck.severity === loadLine.blocksFrom);
  // At the top of the first deck that blocks. A line that is not known is drawn at the rail, where it says nothing of any deck.
  const y = GUNWALE + Math.max(0, below) * DECK_HEIGHT;
  return {
    width: outer,
    height,
    hull: hullPath(left, right, height),
    decks,
    line: { y, ...sideAt(y, left, right, height), known },
    perBox,
    labelEnd: left - 14,
    countStart: right + 14,
    countNotes: size === 'wide',
  };
}

interface Side {
  readonly left: number;
  readonly right: number;
}

/** Returns the hull's edges at a height. */
function sideAt(y: number, left: number, right: number, height: number): Side {
  const depth = (y - GUNWALE) / (height - GUNWALE);
  const width = right - left;
  return { left: left + width * RAKE.stern * depth, right: right - width * RAKE.bow * depth };
}

/** Returns the least of 1, 2, 5, 10, … findings a container by which the fullest deck fits into the narrowest. */
function scaleOf(decks: readonly Deck[], side: Side): number {
  const room = Math.max(1, Math.floor((side.right - side.left - 2 * BOX_MARGIN - MARK + BOX_GAP) / (BOX_WIDTH + BOX_GAP)));
  // A deck with several kinds of cargo ends each kind with a container of its own, which may be part full.
  const fits = (perBox: number): boolean =>
    decks.every((deck) => cargoOf(deck).reduce((sum, [, count]) => sum + Math.ceil(count / perBox), 0) <= room);
  for (let decade = 1; decade < 1e12; decade *= 10) {
    for (const step of [1, 2, 5]) if (fits(decade * step)) return decade * step;
  }
  return 1e12;
}

/** Worst first, so that red cargo lies where the eye begins. */
function cargoOf(deck: Deck): readonly (readonly [CargoKind, number])[] {
  const all: readonly (readonly [CargoKind, number])[] = [
    ['held', deck.held],
    ['exempt', deck.exempt],
    ['unjudged', deck.unjudged],
    ['cleared', deck.cleared],
  ];
  return all.filter(([, count]) => count > 0);
}

/** Returns a deck's containers from left to right; the last of a kind is as wide as it is full, but never too thin to see. */
function stow(deck: Deck, perBox: number, side: Side, top: number): readonly CargoBox[] {
  const boxes: CargoBox[] = [];
  let x = side.left + BOX_MARGIN;
  for (const [kind, count] of cargoOf(deck)) {
    for (let rest = count; rest > 0; rest -= perBox) {
      const width = Math.max(3, BOX_WIDTH * Math.min(1, rest / perBox));
      boxes.push({ kind, x, y: top + 6, width, height: DECK_HEIGHT - 9 });
      x += width + BOX_GAP;
    }
  }
  return boxes;
}

/** The outline: a raised bow on the right, a raked stem, a round bilge, a flat keel. */
function hullPath(left: number, right: number, height: number): string {
  const side = sideAt(height, left, right, height);
  const round = 10;
  const rail = GUNWALE - 6;
  return [
    `M ${left - 2} ${rail}`,
    `L ${right - 34} ${rail}`,
    `Q ${right - 14} ${rail} ${right + 2} ${rail - 12}`,
    `L ${side.right + round * 0.6} ${height - 2 - round}`,
    `Q ${side.right} ${height - 2} ${side.right - round} ${height - 2}`,
    `L ${side.left + round} ${height - 2}`,
    `Q ${side.left} ${height - 2} ${side.left - 1} ${height - 2 - round}`,
    'Z',
  ].join(' ');
}
