/** Entry of dist/server.cjs: speaks over whatever the command line names (--node-ipc, --stdio, --pipe, --socket). */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { bundledFile } from '../foundation/io/resources.ts';
import { engineServices } from './engine-services.ts';
import { startServer } from './server.ts';

/** A client that has no place of its own for the rules' pages is pointed to the files that ship with Plimsoll. */
const rulePage = `${pathToFileURL(bundledFile(path.join('..', 'docs', 'rules'))).href}/{id}-{slug}.md`;

startServer(createConnection(ProposedFeatures.all), engineServices, { rulePage });
