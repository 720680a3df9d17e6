/** What `plimsoll` starts: the command line, whose compiled code is kept for the next time. Compiling it is a third of a short run. */
import { enableCompileCache } from 'node:module';
import path from 'node:path';
import { cacheDirectory } from '../foundation/io/resources.ts';

enableCompileCache(path.join(cacheDirectory(), 'code'));
void import('./main.ts');
