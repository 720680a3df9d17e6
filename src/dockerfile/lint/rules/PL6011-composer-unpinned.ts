import type { PinStyle } from '../queries/package-managers.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import type { PackageAction } from '../queries/package-managers.ts';
import { ignoredPackages, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6011',
  slug: 'composer-unpinned',
  title: 'composer package without a version',
  severity: 'low',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: '`composer require`, `composer global require` and `composer create-project` of a package without a version.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version: `composer require vendor/package:1.2.3`.',
    bad: ['FROM composer:2\nRUN composer global require vendor/tool\n'],
    good: ['FROM composer:2\nRUN composer require vendor/tool:1.2.3 && composer install && composer create-project vendor/app dir 2.0.0\n'],
    references: ['https://getcomposer.org/doc/03-cli.md#require-r'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = packageActions(model, ['composer'], /^(?:require|global|create-project)$/);
    yield* unpinnedPackages(actions, style, 'the repository', context, unversioned);
  },
};

const style: PinStyle = { isPinned: (name) => /[:=]/.test(name), pin: (name) => `${name}:${VERSION_TEMPLATE}` };

function unversioned({ verb, operands }: PackageAction): readonly ShellWord[] {
  const names = verb.value === 'global' ? operands.slice(operands[0]?.value === 'require' ? 1 : operands.length) : operands;
  const isPackage = ({ value }: ShellWord): boolean => /^[a-z\d][\w.-]{0,99}\/[\w.-]{1,100}(?:[:=].*)?$/i.test(value);
  if (verb.value === 'create-project') return names.length > 2 ? [] : names.slice(0, 1).filter(isPackage);
  // `require a/b "^1.0"`: a version on its own belongs to the name before it.
  return names.filter((word, index) => isPackage(word) && !/^[\^~<>=v]?\d|^\*$/.test(names[index + 1]?.value ?? ''));
}
