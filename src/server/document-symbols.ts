import { SymbolKind } from 'vscode-languageserver/node';
import type { DocumentSymbol } from 'vscode-languageserver/node';
import type { DockerfileDescription, InstructionOutline, StageOutline } from '../engine/describe-dockerfile.ts';

/** Returns the outline of a Dockerfile: what stands before the first stage, and the stages with their instructions. */
export function documentSymbolsOf({ preamble, stages }: Pick<DockerfileDescription, 'preamble' | 'stages'>): DocumentSymbol[] {
  return [...preamble.map(toSymbol), ...stages.map(stageSymbol)];
}

function stageSymbol({ name, image, range, nameRange, instructions }: StageOutline): DocumentSymbol {
  return {
    name: name === '' ? 'FROM' : name,
    detail: image === name ? '' : image,
    kind: SymbolKind.Module,
    range,
    selectionRange: nameRange,
    children: instructions.map(toSymbol),
  };
}

function toSymbol({ keyword, detail, range, keywordRange }: InstructionOutline): DocumentSymbol {
  return { name: keyword, detail, kind: kindOf(keyword), range, selectionRange: keywordRange };
}

function kindOf(keyword: string): SymbolKind {
  if (keyword === 'ARG' || keyword === 'ENV') return SymbolKind.Variable;
  return keyword === 'RUN' ? SymbolKind.Function : SymbolKind.Property;
}
