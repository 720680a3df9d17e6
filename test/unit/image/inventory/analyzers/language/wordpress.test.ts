import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/wordpress.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PLUGIN = '<?php\n/**\n * Plugin Name: Contact Form 7\n * Version: 5.3.1\n * Plugin URI: https://example.com/ */\n';

test('wants the version of WordPress, and what may describe a plugin or a theme', () => {
  assertWants(
    analyzer,
    [
      'var/www/html/wp-includes/version.php',
      'wp-includes/version.php',
      'var/www/html/wp-content/plugins/contact-form-7/wp-contact-form-7.php',
      'var/www/html/wp-content/plugins/hello.php',
      'var/www/html/wp-content/themes/twentytwenty/style.css',
    ],
    [
      'var/www/html/wp-includes/x/version.php',
      'var/www/html/my-wp-includes/version.php',
      'var/www/html/wp-content/plugins/index.php',
      'var/www/html/wp-content/plugins/a/includes/b.php',
      'var/www/html/wp-content/plugins/a/style.css',
      'var/www/html/wp-content/themes/a/b/style.css',
      'var/www/html/wp-content/themes/style.css',
    ],
  );
});

test('WordPress itself', () => {
  const text = "<?php\n/** @global string $wp_version */\n$wp_version = '6.4.2';\n$wp_db_version = 1;\n";
  assert.deepEqual(analyzeText(analyzer, 'wp-includes/version.php', text).value.packages, [{ type: 'generic', name: 'wordpress', version: '6.4.2' }]);
  assert.deepEqual(summarize(analyzeText(analyzer, 'wp-includes/version.php', '<?php $version = 1;')), []);
});

test('plugins, by the name of their folder or file', () => {
  const path = 'wp-content/plugins/contact-form-7/wp-contact-form-7.php';
  for (const text of [PLUGIN, PLUGIN.replaceAll('\n', '\r\n'), PLUGIN.replaceAll('\n', '\r'), '<?php /* Plugin Name: x\nversion: 5.3.1 */']) {
    assert.deepEqual(analyzeText(analyzer, path, text).value.packages, [{ type: 'wordpress-plugin', name: 'contact-form-7', version: '5.3.1' }]);
  }
  assert.deepEqual(summarize(analyzeText(analyzer, 'wp-content/plugins/hello.php', PLUGIN)), ['hello 5.3.1']);
});

test('themes', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'wp-content/themes/astra/style.css', '/*\nTheme Name: Astra\nVersion: 4.1\n*/')), [
    'wordpress-theme/astra 4.1',
  ]);
});

test('a file without the header, and a header too far below', () => {
  const path = 'wp-content/plugins/a/b.php';
  assert.deepEqual(analyzeText(analyzer, path, '<?php // Version: 1.0\n'), { value: {}, problems: [] });
  assert.deepEqual(summarize(analyzeText(analyzer, path, `${' '.repeat(9000)}${PLUGIN}`)), []);
  assert.deepEqual(summarize(analyzeText(analyzer, path, '<?php\n// Plugin Name: a\n')), []);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'wp-content/plugins/a/b.php', PLUGIN);
});
