import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { PolicyDecision } from '../../../../src/foundation/model/policy.ts';
import { severities } from '../../../../src/foundation/model/severity.ts';
import { registryNamespaceOf, shapeLoadLine, toLoadLine } from '../../../../webview/model/load-line.ts';
import type { CargoKind, LoadLine } from '../../../../webview/model/load-line.ts';
import { sampleDecision, sampleReport } from '../../../support/sample-report.ts';

const report = sampleReport(64);
const decision = sampleDecision(report);

function deckOf(loadLine: LoadLine, severity: string): LoadLine['decks'][number] {
  const deck = loadLine.decks.find((item) => item.severity === severity);
  assert.ok(deck);
  return deck;
}

describe('what the drawing says', () => {
  test('a policy that was never read: no line, nothing judged', () => {
    const loadLine = toLoadLine(report.findings, undefined);
    assert.equal(loadLine.verdict, 'unread');
    assert.equal(loadLine.blocksFrom, undefined);
    assert.equal(loadLine.policyKnown, false);
    for (const deck of loadLine.decks) assert.equal(deck.unjudged, deck.total);
  });

  test('decks lie from the lightest at the rail to the worst at the keel', () => {
    assert.deepEqual(
      toLoadLine([], undefined).decks.map((deck) => deck.severity),
      ['unknown', 'negligible', 'low', 'medium', 'high', 'critical'],
    );
  });

  test('below the line only what the decision names is held', () => {
    const loadLine = toLoadLine(report.findings, decision);
    assert.equal(loadLine.verdict, 'held');
    assert.equal(loadLine.blocksFrom, 'high');
    const critical = deckOf(loadLine, 'critical');
    assert.deepEqual([critical.total, critical.held, critical.exempt, critical.unjudged, critical.cleared], [3, 0, 2, 1, 0]);
    const medium = deckOf(loadLine, 'medium');
    assert.equal(medium.cleared, medium.total);
  });

  const verdicts: readonly (readonly [PolicyDecision['decision'], LoadLine['verdict']])[] = [
    ['allow', 'may-leave'],
    ['block', 'held'],
    ['block-until-scanned', 'held-until-scanned'],
    ['unknown', 'unknown'],
  ];
  for (const [kind, verdict] of verdicts) {
    test(`${kind} is ${verdict}`, () => {
      assert.equal(toLoadLine([], { ...decision, decision: kind }).verdict, verdict);
    });
  }

  test('an unknown decision clears nothing', () => {
    const loadLine = toLoadLine(report.findings, { ...decision, decision: 'unknown', blocking: [], allowlisted: [] });
    assert.ok(loadLine.decks.every((deck) => deck.cleared === 0));
    assert.equal(loadLine.policyKnown, false);
  });

  test('a policy that is off draws no line and clears everything', () => {
    const off = { ...decision, decision: 'allow', blocking: [], allowlisted: [], policy: { ...decision.policy, enabled: false } } as const;
    const loadLine = toLoadLine(report.findings, off);
    assert.equal(loadLine.blocksFrom, undefined);
    assert.ok(loadLine.decks.every((deck) => deck.cleared === deck.total));
  });

  for (const [word, level] of [
    ['High', 'high'],
    [' CRITICAL ', 'critical'],
    ['none', undefined],
    ['unknown', undefined],
    ['', undefined],
    ['severe', undefined],
  ] as const) {
    test(`the registry's word ${JSON.stringify(word)}`, () => {
      assert.equal(toLoadLine([], { ...decision, policy: { ...decision.policy, severity: word } }).blocksFrom, level);
    });
  }
});

describe('geometry', () => {
  const arbitraryDecks = fc.array(fc.record({ held: fc.nat(20_000), exempt: fc.nat(50), unjudged: fc.nat(50), cleared: fc.nat(20_000) }), {
    minLength: 6,
    maxLength: 6,
  });

  test('the line lies at the top of the first deck that blocks', () => {
    const shape = shapeLoadLine(toLoadLine(report.findings, decision), 700);
    const high = shape.decks.find(({ deck }) => deck.severity === 'high');
    const medium = shape.decks.find(({ deck }) => deck.severity === 'medium');
    assert.ok(high && medium);
    assert.equal(shape.line.y, high.top);
    assert.ok(medium.boxes.every((box) => box.y + box.height <= shape.line.y));
    assert.ok(high.boxes.every((box) => box.y >= shape.line.y));
    assert.equal(shape.line.known, true);
  });

  test('a line that is not known is at the rail', () => {
    const shape = shapeLoadLine(toLoadLine(report.findings, undefined), 700);
    assert.equal(shape.line.known, false);
    assert.equal(shape.line.y, shape.decks[0]?.top);
  });

  test('any cargo fits into the hull at any width, in one scale, and no deck with findings is empty', () => {
    fc.assert(
      fc.property(arbitraryDecks, fc.integer({ min: 100, max: 2000 }), (cargo, width) => {
        const decks = cargo.map((deck, at) => ({
          ...deck,
          severity: severities[5 - at] ?? 'unknown',
          total: deck.held + deck.exempt + deck.unjudged + deck.cleared,
        }));
        const shape = shapeLoadLine({ verdict: 'held', decks, blocksFrom: 'high', policyKnown: true }, width);
        for (const { deck, boxes, top } of shape.decks) {
          for (const kind of ['held', 'exempt', 'unjudged', 'cleared'] as const satisfies readonly CargoKind[]) {
            assert.equal(boxes.filter((box) => box.kind === kind).length, Math.ceil(deck[kind] / shape.perBox));
          }
          for (const box of boxes) {
            assert.ok(box.x >= shape.labelEnd && box.x + box.width <= shape.countStart, 'inside the hull');
            assert.ok(box.y >= top && box.width >= 3);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('the scale is one of 1, 2, 5, 10, …', () => {
    assert.equal(shapeLoadLine(toLoadLine(sampleReport(5).findings, undefined), 700).perBox, 1);
    assert.match(String(shapeLoadLine(toLoadLine(sampleReport(10_000).findings, undefined), 700).perBox), /^[125]0*$/);
  });
});

for (const [reference, namespace] of [
  ['harbor.example/team/app:1.2', 'harbor.example/team'],
  ['localhost:5000/team/sub/app@sha256:00/x', 'localhost:5000/team/sub'],
  ['app', 'app'],
] as const) {
  test(`registry namespace of ${reference}`, () => {
    assert.equal(registryNamespaceOf(reference), namespace);
  });
}
