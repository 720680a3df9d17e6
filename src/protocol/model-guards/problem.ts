import type { Problem } from '../../foundation/model/problem.ts';
import { isNumber, isText, optional, shape } from '../shape.ts';

export const isProblem = shape<Problem>({
  code: isText,
  message: isText,
  path: optional(isText),
  layer: optional(isNumber),
  line: optional(isNumber),
});
