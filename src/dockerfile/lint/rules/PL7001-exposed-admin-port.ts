import { optionOf, type IntegersOption } from '../options.ts';
import { fixWith, removeArg } from '../queries/edits.ts';
import { exposedPorts } from '../queries/ports.ts';
import type { Rule } from '../rule.ts';

const allowedPorts: IntegersOption = {
  kind: 'integers',
  name: 'allowedPorts',
  description: 'Ports that may be exposed although they are for administration.',
  minimum: 1,
  maximum: 65_535,
  default: [],
  examples: [22, 15_672],
};

export const rule: Rule = {
  id: 'PL7001',
  slug: 'exposed-admin-port',
  title: 'Remote administration port exposed',
  severity: 'medium',
  aliases: ['DS-0004', 'CKV_DOCKER_1'],
  fixable: 'suggested',
  docs: {
    reports:
      'EXPOSE of a port that serves logins or administration: SSH, Telnet, FTP, RDP, VNC, WinRM, SMB, the Docker API, the consoles of databases and application servers; also inside a range that is not wide. The ports over which databases and web servers do their work are not reported.',
    why: 'A login service in a container is a second way in that bypasses the orchestrator, its access control and its log; on a published port it is found by scanners within minutes.',
    fix: 'Remove the port, and the service behind it: use `docker exec` or `kubectl exec`, and keep consoles on an internal network.',
    bad: [
      'FROM alpine:3.20\nEXPOSE 22\n',
      'FROM alpine:3.20\nEXPOSE 80 443 3389/tcp\n',
      'FROM alpine:3.20\nARG SSH_PORT=22\nEXPOSE $SSH_PORT\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nEXPOSE 5985 5986 445\n',
    ],
    good: ['FROM alpine:3.20\nEXPOSE 80 443/tcp 5432 2222\n', 'FROM alpine:3.20\nEXPOSE 22/udp 8022\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#expose', 'https://www.iana.org/assignments/service-names-port-numbers/'],
  },
  options: [allowedPorts],
  *check(model, context) {
    const allowed = new Set(optionOf(context, allowedPorts));
    for (const { instruction, word, range, first, last, protocol } of exposedPorts(model)) {
      if (first === undefined || last === undefined) continue;
      const isWide = last - first > WIDE_RANGE;
      for (const [port, { service, udp, product }] of ADMIN_PORTS) {
        if (port < first || port > last || allowed.has(port) || (protocol?.toLowerCase() === 'udp' && !udp)) continue;
        if ((isWide && port > LAST_SYSTEM_PORT) || product?.test(model.text) === false) continue;
        yield {
          message: `Port ${port} is for ${service}: it lets someone in from outside`,
          range,
          fixes: fixWith('suggested', `Do not expose ${word.text}`, removeArg(model, instruction, word)),
        };
        break;
      }
    }
  },
};

/** A wider range is for something else, which only happens to hold an administration port. */
const WIDE_RANGE = 100;
const LAST_SYSTEM_PORT = 1023;

interface Service {
  readonly service: string;
  readonly udp: boolean;
  /** Other programs use the port too: it is this one's where the file speaks of it. */
  readonly product?: RegExp;
}

function tcp(service: string, product?: RegExp): Service {
  return { service, udp: false, ...(product === undefined ? {} : { product }) };
}

/** From IANA's registry and the products' manuals. */
const ADMIN_PORTS: ReadonlyMap<number, Service> = new Map([
  [21, tcp('FTP')],
  [22, tcp('SSH')],
  [23, tcp('Telnet')],
  [135, tcp('Windows RPC')],
  [139, tcp('NetBIOS')],
  [445, tcp('SMB file sharing')],
  [512, tcp('rexec')],
  [513, tcp('rlogin')],
  [514, tcp('rsh')],
  [1158, tcp("Oracle's Enterprise Manager", /oracle/i)],
  [2375, tcp('the Docker API without TLS')],
  [3389, { service: 'Remote Desktop', udp: true }],
  [4848, tcp("GlassFish's administration console")],
  [5500, tcp("Oracle's Enterprise Manager", /oracle/i)],
  [5900, tcp('VNC')],
  [5985, tcp('WinRM')],
  [5986, tcp('WinRM')],
  [7199, tcp("Cassandra's JMX administration")],
  [8091, tcp("Couchbase's administration console", /couchbase/i)],
  [9990, tcp("WildFly's administration console", /wildfly|jboss/i)],
  [15672, tcp("RabbitMQ's administration console")],
  [28017, tcp("MongoDB's administration console")],
]);
