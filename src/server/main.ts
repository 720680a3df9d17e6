/** Entry of dist/server.cjs: speaks over whatever the command line names (--node-ipc, --stdio, --pipe, --socket). */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { engineServices } from './engine-services.ts';
import { startServer } from './server.ts';

startServer(createConnection(ProposedFeatures.all), engineServices);
