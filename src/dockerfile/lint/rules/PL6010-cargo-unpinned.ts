import type { PinStyle } from '../queries/package-managers.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import { optionsOf } from '../queries/commands.ts';
import type { PackageAction } from '../queries/package-managers.ts';
import { ignoredPackages, namedPackages, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6010',
  slug: 'cargo-unpinned',
  title: 'cargo package without a version',
  severity: 'low',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: '`cargo install` of a crate without a version. --version, `crate@1.2`, --path and --git with --rev or --tag are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version, and keep to the lockfile of the crate: `cargo install --locked ripgrep@14.1.0`.',
    bad: ['FROM rust:1.81\nRUN cargo install ripgrep\n'],
    good: ['FROM rust:1.81\nRUN cargo install --locked ripgrep@14.1.0 && cargo install --path . && cargo install --version 1.0.0 a\n'],
    references: ['https://doc.rust-lang.org/cargo/commands/cargo-install.html'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = packageActions(model, ['cargo'], /^(?:install|binstall)$/);
    yield* unpinnedPackages(actions, style, 'the registry', context, unversioned);
  },
};

const style: PinStyle = { isPinned: (name) => name.includes('@'), pin: (name) => `${name}@${VERSION_TEMPLATE}` };

function unversioned(action: PackageAction): readonly ShellWord[] {
  const { options } = optionsOf(action.command);
  return options.some(({ name }) => /^(?:version|vers|path|rev|tag|git)$/.test(name)) ? [] : namedPackages(action);
}
