import { connectHost } from './host.ts';
import { PlimsollReport } from './parts/report.ts';
import { documentStyles } from './styles.ts';

if (documentStyles.styleSheet !== undefined) document.adoptedStyleSheets = [...document.adoptedStyleSheets, documentStyles.styleSheet];

const page = document.querySelector('plimsoll-report');
if (page instanceof PlimsollReport) page.connectTo(connectHost());
