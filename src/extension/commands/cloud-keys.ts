import * as vscode from 'vscode';
import { clouds, type Cloud, type CloudKey } from '../../foundation/model/cloud-key.ts';
import { isRecord } from '../../protocol/shape.ts';
import type { App } from '../app.ts';
import { tell } from '../notify.ts';

interface CloudForm {
  readonly label: string;
  /** Which registries are asked with it, and the least that the key must be allowed. */
  readonly detail: string;
  readonly kind: 'key-pair' | 'token';
  readonly id?: string;
  readonly secret: string;
  /** Whether a project, region or address has to go with it. */
  readonly region?: string;
  readonly project?: string;
  readonly url?: string;
}

/** What each cloud's key is made of, in the words of its own console. */
function forms(): Readonly<Record<Cloud, CloudForm>> {
  return {
    tencent: {
      label: 'Tencent Cloud (TCR)',
      detail: vscode.l10n.t('The least it must be allowed: {0}', 'tcr:DescribeInstances, tcr:DescribeNamespaces'),
      kind: 'key-pair',
      id: 'SecretId',
      secret: 'SecretKey',
    },
    alibaba: {
      label: 'Alibaba Cloud (ACR)',
      detail: vscode.l10n.t('The least it must be allowed: {0}', 'cr:ListInstance, cr:ListChain, cr:GetChain'),
      kind: 'key-pair',
      id: 'AccessKey ID',
      secret: 'AccessKey Secret',
    },
    huawei: {
      label: 'Huawei Cloud (SWR)',
      detail: vscode.l10n.t('The least it must be allowed: {0}', 'swr:instance:list, swr:instance:get, swr:namespace:get'),
      kind: 'key-pair',
      id: 'Access Key ID',
      secret: 'Secret Access Key',
      region: vscode.l10n.t('Region, such as cn-north-4'),
      project: vscode.l10n.t('Project ID'),
    },
    jfrog: {
      label: 'JFrog (Xray)',
      detail: vscode.l10n.t('The roles that its user needs: {0}', 'Manage Watches, Manage Policies'),
      kind: 'token',
      secret: vscode.l10n.t('Access token'),
      url: vscode.l10n.t('Address of the platform, such as https://example.jfrog.io'),
    },
    google: {
      label: 'Google Cloud (Binary Authorization)',
      detail: vscode.l10n.t('The role that it needs: {0}', 'roles/binaryauthorization.policyViewer'),
      kind: 'token',
      secret: vscode.l10n.t('Access token'),
      project: vscode.l10n.t('Project whose clusters run the images'),
    },
  };
}

/** Asks for the key of a cloud, `{ cloud }` or the one that is chosen, and keeps it in the editor's secret storage. Returns whether one was given. */
export async function keepCloudKey(app: App, argument: unknown): Promise<boolean> {
  const cloud = namedCloud(argument) ?? (await askCloud(vscode.l10n.t('Keep a Key to Read Registry Policies')));
  if (cloud === undefined) return false;
  const form = forms()[cloud];
  const key = await askKey(form);
  if (key === undefined) return false;
  await app.cloudKeys.keep(cloud, key);
  app.server.notify('plimsoll/cloudKeysChanged', {});
  tell('info', vscode.l10n.t('The key for {0} is kept in the secret storage of the editor.', form.label), []);
  return true;
}

/** Forgets the key of a cloud. */
export async function forgetCloudKey(app: App): Promise<void> {
  const cloud = await askCloud(vscode.l10n.t('Forget a Key to Read Registry Policies'));
  if (cloud === undefined) return;
  await app.cloudKeys.forget(cloud);
  app.server.notify('plimsoll/cloudKeysChanged', {});
  tell('info', vscode.l10n.t('No key is kept for {0} any more.', forms()[cloud].label), []);
}

function namedCloud(argument: unknown): Cloud | undefined {
  return isRecord(argument) ? clouds.find((cloud) => cloud === argument.cloud) : undefined;
}

async function askCloud(title: string): Promise<Cloud | undefined> {
  const items = Object.entries(forms()).map(([cloud, { label, detail }]) => ({ label, detail, cloud: cloud as Cloud }));
  return (await vscode.window.showQuickPick(items, { title, matchOnDetail: true, ignoreFocusOut: true }))?.cloud;
}

async function askKey(form: CloudForm): Promise<CloudKey | undefined> {
  const { label } = form;
  const id = form.id === undefined ? '' : await ask(label, form.id);
  const secret = id === undefined ? undefined : await ask(label, form.secret, true);
  if (id === undefined || secret === undefined) return undefined;
  const region = form.region === undefined ? '' : await ask(label, form.region);
  const project = region === undefined || form.project === undefined ? '' : await ask(label, form.project);
  const url = project === undefined || form.url === undefined ? '' : await ask(label, form.url);
  if (region === undefined || project === undefined || url === undefined) return undefined;
  const scope = { ...(project === '' ? {} : { project }) };
  return form.kind === 'key-pair'
    ? { kind: 'key-pair', id, secret, ...scope, ...(region === '' ? {} : { region }) }
    : { kind: 'token', token: secret, ...scope, ...(url === '' ? {} : { url }) };
}

/** Returns what was typed; undefined when the user leaves. */
async function ask(title: string, prompt: string, password = false): Promise<string | undefined> {
  const answer = await vscode.window.showInputBox({
    title,
    prompt,
    password,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('This may not be empty') : undefined),
  });
  return answer?.trim();
}
