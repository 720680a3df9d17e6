import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsMatching } from '../queries/commands.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import { finalStageIndexes } from '../queries/instructions.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7007',
  slug: 'debugger-started',
  title: 'Container starts with a debugger or development server',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      "CMD, ENTRYPOINT or an option variable (NODE_OPTIONS, JAVA_TOOL_OPTIONS …) of the final image that opens a debugger's port (node --inspect, Java's jdwp, debugpy, dlv --headless) or starts a framework's development server (flask --debug, Django's runserver, --reload). Not reported: RUN, build stages, a final stage named for development, debugging or tests.",
    why: 'A debugger runs any code that is sent to it, without a password. Development servers show source code and settings in their error pages.',
    fix: 'Start the program without the option; use a production server such as gunicorn. Open a debugger by hand where one is needed.',
    bad: [
      'FROM node:22\nCMD ["node", "--inspect=0.0.0.0:9229", "server.js"]\n',
      'FROM eclipse-temurin:21\nENTRYPOINT java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005 -jar app.jar\n',
      'FROM python:3.13\nCMD python -m debugpy --listen 0.0.0.0:5678 app.py\n',
      'FROM python:3.13\nCMD ["python", "manage.py", "runserver", "0.0.0.0:8000"]\n',
      'FROM node:22\nENV NODE_OPTIONS="--inspect --max-old-space-size=512"\n',
    ],
    good: [
      'FROM node:22\nCMD ["node", "server.js", "--inspector"]\n',
      'FROM python:3.13 AS debug\nCMD python -m debugpy --listen 0.0.0.0:5678 app.py\n',
      'FROM node:22 AS a\nCMD ["node", "--inspect", "a.js"]\nFROM node:22\nRUN node --inspect a.js\nCMD ["node", "a.js"]\n',
    ],
    references: ['https://nodejs.org/en/learn/getting-started/debugging', 'https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver'],
  },
  *check(model) {
    if (/(?:^|[-_])(?:dev|debug|test)/i.test(model.finalStage?.alias?.value ?? '')) return;
    const stages = finalStageIndexes(model);
    for (const command of commandsMatching(model, STARTERS)) {
      const { keyword, stage } = command.instruction;
      if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || !stages.has(stage)) continue;
      const found = findDebugging(command);
      if (found === undefined) continue;
      yield {
        message: `${found.what} is open to whoever reaches the container`,
        range: found.word.range,
        fixes: fixWith(
          'suggested',
          `Remove ${found.word.value.replace(/[=:].*$/, '').slice(0, MAX_SHOWN)}`,
          found.removable ? removeWord(model, command, found.word) : undefined,
        ),
      };
    }
    yield* optionVariables(model, stages);
  },
};

const MAX_SHOWN = 40;
const STARTERS = /^(?:node|nodejs|nodemon|ts-node|tsx|java|python[\d.]*|debugpy|dlv|flask|manage\.py|uvicorn|gunicorn|hypercorn)$/;
const DJANGO_SERVER = "Django's development server";
const NODE_INSPECTOR = /^--inspect(?:-brk|-wait)?(?:=|$)/;
const JAVA_DEBUGGER = /^(?:-agentlib:jdwp|-Xrunjdwp)/;
const OPTION_VARIABLES = /^(?:NODE_OPTIONS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS|JAVA_OPTS|CATALINA_OPTS|JAVA_DEBUG_OPTS)$/;

interface Debugging {
  readonly word: ShellWord;
  readonly what: string;
  readonly removable: boolean;
}

function findDebugging(command: ShellCommand): Debugging | undefined {
  const { name, args, words } = command;
  const find = (pattern: RegExp, what: string, removable = true): Debugging | undefined => {
    const word = args.find(({ value }) => pattern.test(value));
    return word === undefined ? undefined : { word, what, removable };
  };
  if (/^(?:node|ts-node|tsx)/.test(name)) return find(NODE_INSPECTOR, "Node.js's debugger");
  if (name === 'java') return find(JAVA_DEBUGGER, "Java's debugger");
  if (name === 'dlv') return find(/^--headless(?:=true)?$/, "Go's debugger", false);
  if (name === 'flask') return find(/^--debug$/, "Flask's debug console");
  if (name === 'debugpy') return words[0] === undefined ? undefined : { word: words[0], what: "Python's debugger", removable: false };
  // As CMD behind `ENTRYPOINT ["python"]`.
  if (name === 'manage.py') return args[0]?.value === 'runserver' ? { word: args[0], what: DJANGO_SERVER, removable: false } : undefined;
  if (name.startsWith('python')) {
    const script = args.findIndex(({ value }) => /(?:^|\/)manage\.py$/.test(value));
    const word = script < 0 ? undefined : args[script + 1];
    return word?.value === 'runserver' ? { word, what: DJANGO_SERVER, removable: false } : undefined;
  }
  return find(/^--reload$/, `${name}'s development mode`);
}

function* optionVariables(model: DockerfileModel, stages: ReadonlySet<number>): Generator<RuleHit> {
  for (const { kind, name, resolved, instruction, range } of model.definitions) {
    if (kind !== 'ENV' || !OPTION_VARIABLES.test(name) || !stages.has(instruction.stage)) continue;
    const options = (resolved ?? '').split(/\s+/);
    if (options.some((option) => NODE_INSPECTOR.test(option) || JAVA_DEBUGGER.test(option)))
      yield { message: `${name} opens a debugger in every program that reads it`, range };
  }
}
