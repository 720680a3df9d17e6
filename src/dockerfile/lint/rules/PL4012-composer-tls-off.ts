import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsMatching, optionsOf } from '../queries/commands.ts';
import { fixWith, removeWord, replaceRange, replaceWord } from '../queries/edits.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4012',
  slug: 'composer-tls-off',
  title: 'Composer without encryption',
  severity: 'high',
  aliases: [],
  fixable: 'safe',
  docs: {
    reports:
      '`composer config secure-http false` and `disable-tls true`, the same in a composer.json or config.json that is written, and --disable-tls of its installer.',
    why: "Composer then takes package lists and archives over plain http: whoever answers in the server's place runs code in the build, and in the application.",
    fix: 'Remove it, and give repositories by their https address.',
    bad: [
      'FROM composer:2\nRUN composer config -g secure-http false\n',
      'FROM composer:2\nRUN composer config --global disable-tls true && composer install\n',
      'FROM php:8.3\nRUN php composer-setup.php --disable-tls\n',
      'FROM composer:2\nCOPY <<EOF /root/.composer/config.json\n{ "config": { "secure-http": false } }\nEOF\n',
    ],
    good: [
      'FROM composer:2\nRUN composer config -g secure-http true && composer config secure-http\n',
      'FROM composer:2\nRUN echo composer config secure-http false\n',
    ],
    references: ['https://getcomposer.org/doc/06-config.md#secure-http', 'https://getcomposer.org/doc/06-config.md#disable-tls'],
  },
  *check(model) {
    const message = 'Composer takes packages over plain http';
    for (const command of commandsMatching(model, /^(?:composer(?:\.phar)?|php[\d.]*)$/)) {
      const value = switchOf(command);
      if (value !== undefined)
        yield {
          message,
          range: value.range,
          fixes: fixWith('safe', 'Turn encryption on', replaceWord(value, value.value === 'true' || value.value === '1' ? 'false' : 'true')),
        };
      const option = command.args.find((word) => word.value === '--disable-tls');
      if (option !== undefined && command.args.some((word) => /composer|installer/.test(word.value)))
        yield { message, range: option.range, fixes: fixWith('safe', 'Remove --disable-tls', removeWord(model, command, option)) };
    }
    for (const text of writtenTexts(model)) {
      if (!/secure-http|disable-tls/.test(text.source.text)) continue;
      for (const { range, match } of matchesIn(model, text, /"secure-http\\?"\s{0,8}:\s{0,8}false\b|"disable-tls\\?"\s{0,8}:\s{0,8}true\b/g)) {
        const fixed = match[0].endsWith('false') ? match[0].replace(/false$/, 'true') : match[0].replace(/true$/, 'false');
        const edits = text.written && !fixed.includes('\n') ? [replaceRange(range, fixed)] : undefined;
        yield { message, range, fixes: fixWith('safe', 'Turn encryption on', edits) };
      }
    }
  },
};

/** Returns the word that switches encryption off in `composer config`. */
function switchOf(command: ShellCommand): ShellWord | undefined {
  const words = optionsOf(command).operands;
  const at = words.findIndex(({ value }) => value === 'config');
  const name = words[at + 1]?.value;
  const value = words[at + 2];
  if (at < 0 || value === undefined) return undefined;
  if (name === 'secure-http') return /^(?:false|0)$/.test(value.value) ? value : undefined;
  return name === 'disable-tls' && /^(?:true|1)$/.test(value.value) ? value : undefined;
}
