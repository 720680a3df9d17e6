import assert from 'node:assert/strict';
import test from 'node:test';
import { buildFileKindOf } from '../../../src/engine/build-files.ts';

test('Dockerfiles go by these names, wherever they are', () => {
  for (const name of [
    'Dockerfile',
    'dockerfile',
    'Containerfile',
    'Dockerfile.prod',
    'Containerfile.dev',
    'web.Dockerfile',
    'web.dockerfile',
    'a.containerfile',
  ]) {
    assert.equal(buildFileKindOf(name), 'dockerfile', name);
    assert.equal(buildFileKindOf(`/a/${name}`), 'dockerfile', name);
    assert.equal(buildFileKindOf(`C:\\a\\${name}`), 'dockerfile', name);
    assert.equal(buildFileKindOf(`file:///a%20b/${name}`), 'dockerfile', name);
  }
});

test('compose files go by these', () => {
  for (const name of [
    'compose.yaml',
    'compose.yml',
    'docker-compose.yml',
    'docker-compose.yaml',
    'compose.override.yaml',
    'docker-compose-dev.yml',
    'docker-compose_ci.yml',
  ]) {
    assert.equal(buildFileKindOf(name), 'compose', name);
  }
});

test('others are neither', () => {
  for (const name of [
    'Dockerfile.dockerignore',
    'web.Dockerfile.dockerignore',
    'dockerfiles',
    'mydockerfile',
    'composer.yaml',
    'compose.json',
    'a.yaml',
    'Dockerfile/a',
    '',
    '.dockerignore',
  ]) {
    assert.equal(buildFileKindOf(name), undefined, name);
  }
});
