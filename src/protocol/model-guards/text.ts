import type { TextEdit, TextPosition, TextRange } from '../../foundation/model/text-range.ts';
import { isCount, isText, shape } from '../shape.ts';

export const isTextRange = shape<TextRange>({
  start: shape<TextPosition>({ line: isCount, character: isCount }),
  end: shape<TextPosition>({ line: isCount, character: isCount }),
});

export const isTextEdit = shape<TextEdit>({ range: isTextRange, newText: isText });
