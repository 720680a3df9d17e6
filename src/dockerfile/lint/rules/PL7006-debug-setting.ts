import { fixWith, replaceRange } from '../queries/edits.ts';
import { finalStageIndexes } from '../queries/instructions.ts';
import type { Definition } from '../../syntax/model.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7006',
  slug: 'debug-setting',
  title: 'Debug mode set in the image',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'ENV of the final image that puts Node.js, Flask, Django, Rails, Laravel, Symfony, ASP.NET and the like into their development or debug mode. Not reported: build stages, a single command (`RUN NODE_ENV=development npm test`), a final stage that says in its name that it is for development or tests.',
    why: 'Debug modes answer errors with source code, settings and secrets, some with a console that runs code for whoever reaches the page; checks that production relies on are off.',
    fix: 'Set the production value in the image, and the debug value where a developer starts the container.',
    bad: [
      'FROM node:22\nENV NODE_ENV=development\n',
      'FROM python:3.13\nENV A=b FLASK_DEBUG=1\n',
      'FROM python:3.13\nENV DJANGO_DEBUG True\n',
      'FROM mcr.microsoft.com/dotnet/aspnet:8.0 AS base\nENV ASPNETCORE_ENVIRONMENT=Development\nFROM base\nRUN true\n',
    ],
    good: [
      'FROM node:22 AS build\nENV NODE_ENV=development\nFROM node:22\nENV NODE_ENV=production\n',
      'FROM python:3.13\nENV FLASK_DEBUG=0 DEBUG=express:* APP_ENV=prod\n',
      'FROM node:22 AS base\nENV NODE_ENV=development\nFROM base\nENV NODE_ENV=production\n',
      'FROM node:22 AS dev\nENV NODE_ENV=development\n',
    ],
    references: [
      'https://owasp.org/www-project-top-ten/2017/A6_2017-Security_Misconfiguration',
      'https://flask.palletsprojects.com/en/stable/debugging/',
    ],
  },
  *check(model) {
    if (/(?:^|[-_])(?:dev|debug|test)/i.test(model.finalStage?.alias?.value ?? '')) return;
    const stages = finalStageIndexes(model);
    const inForce = new Map<string, Definition>();
    for (const definition of model.definitions) {
      if (definition.kind === 'ENV' && stages.has(definition.instruction.stage)) inForce.set(definition.name, definition);
    }
    for (const definition of inForce.values()) {
      const setting = SETTINGS.get(definition.name);
      const value = definition.resolved ?? '';
      if (setting?.debug.test(value) !== true || definition.valueRange === undefined) continue;
      const edits = definition.value === value ? [replaceRange(definition.valueRange, setting.production)] : undefined;
      yield {
        message: `${definition.name}=${value} starts every container in ${setting.what}`,
        range: definition.range,
        fixes: fixWith('suggested', `Set ${definition.name} to ${setting.production}`, edits),
      };
    }
  },
};

interface DebugSetting {
  readonly debug: RegExp;
  readonly production: string;
  readonly what: string;
}

const ON = /^(?:1|true|yes|on|\*)$/i;
const DEVELOPMENT = /^(?:dev|development|debug|local)$/i;

function flag(what: string, production = '0'): DebugSetting {
  return { debug: ON, production, what };
}

function mode(what: string, production = 'production'): DebugSetting {
  return { debug: DEVELOPMENT, production, what };
}

/** From the frameworks' manuals. */
const SETTINGS: ReadonlyMap<string, DebugSetting> = new Map([
  ['NODE_ENV', mode("Node.js's development mode")],
  ['FLASK_ENV', mode("Flask's development mode")],
  ['FLASK_DEBUG', flag("Flask's debug mode, whose console runs code")],
  ['WERKZEUG_DEBUG_PIN', { debug: /^off$/i, production: '', what: "Werkzeug's debugger without its PIN" }],
  ['DJANGO_DEBUG', flag("Django's debug mode", 'False')],
  ['DEBUG', { debug: /^(?:1|true|yes|on)$/i, production: 'False', what: 'debug mode' }],
  ['RAILS_ENV', mode("Rails' development mode")],
  ['RACK_ENV', mode("Rack's development mode")],
  ['APP_DEBUG', flag('debug mode', 'false')],
  ['APP_ENV', mode('development mode', 'prod')],
  ['SYMFONY_DEBUG', flag("Symfony's debug mode")],
  ['WORDPRESS_DEBUG', flag("WordPress's debug mode")],
  ['MIX_ENV', mode("Elixir's development mode", 'prod')],
  ['GIN_MODE', mode("Gin's debug mode", 'release')],
  ['ASPNETCORE_ENVIRONMENT', mode("ASP.NET's development mode", 'Production')],
  ['DOTNET_ENVIRONMENT', mode(".NET's development mode", 'Production')],
  ['ASPNETCORE_DETAILEDERRORS', flag("ASP.NET's detailed errors", 'false')],
]);
