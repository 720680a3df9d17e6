import { rule } from '../../../../../src/dockerfile/lint/rules/PL9025-retired-windows-tag.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM mcr.microsoft.com/windows/servercore:ltsc2019 AS a\nFROM a\n',
    'FROM mcr.microsoft.com/windows/servercore:10.0.20348.1\n',
    'FROM ubuntu:2004\nFROM node:1709-alpine\n',
    'FROM microsoft/mssql-server-linux:2017\n',
    'FROM registry.example/microsoft/nanoserver:ltsc2022\n',
  ],
  invalid: [
    {
      code: 'FROM mcr.microsoft.com/windows/nanoserver:1709 AS a\nFROM a\n',
      at: '1709',
      fixed: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022 AS a\nFROM a\n',
    },
    { code: 'ARG TAG=1903\nFROM mcr.microsoft.com/windows/servercore:$TAG\n', at: 'mcr.microsoft.com/windows/servercore:$TAG' },
    { code: 'FROM mcr.microsoft.com/windows:20h2\n', at: '20h2' },
    {
      code: 'FROM mcr.microsoft.com/powershell:7.2-nanoserver-1909@sha256:' + '0'.repeat(64) + '\n',
      at: '1909',
    },
    { code: 'FROM registry.example/windows/nanoserver:10.0.19041.1\n', at: '10.0.19041.1' },
    { code: 'FROM microsoft/windowsservercore\n', at: 'microsoft/windowsservercore', fixed: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n' },
    { code: 'FROM docker.io/microsoft/nanoserver:ltsc2016\n', at: 'docker.io/microsoft/nanoserver:ltsc2016' },
  ],
});
