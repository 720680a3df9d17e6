import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../../../src/dockerfile/lint/lint.ts';
import { rule } from '../../../../../src/dockerfile/lint/rules/PL1005-end-of-life-base-image.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM debian:12\nFROM debian:bookworm-20250101-slim\nFROM ubuntu:22.04\nFROM alpine:3\nFROM alpine:20250108\n',
    'FROM debian\nFROM node:current-slim\nFROM python:3-slim\nFROM fedora:rawhide\nFROM centos\nFROM almalinux:8\n',
    'FROM someone/ubuntu-tool:18.04\nFROM golang:1.12\nFROM app:cosmic-7\nFROM redis:7-alpine\n',
    'FROM debian:10 AS a\nFROM a\n'.replace('debian:10', '$X'),
    'FROM gcr.io/distroless/static-debian12\nFROM gcr.io/distroless/cc\n',
  ],
  invalid: [
    { code: 'FROM debian:10.13-slim AS a\nFROM a\n', at: '10.13', fixed: 'FROM debian:13-slim AS a\nFROM a\n' },
    { code: 'FROM docker.io/library/debian:stretch\n', at: 'stretch', fixed: 'FROM docker.io/library/debian:trixie\n' },
    { code: 'FROM debian:buster-20210511-slim\n', at: 'buster', fixed: 'FROM debian:buster-20210511-slim\n' },
    { code: 'FROM ubuntu:20.04\n', at: '20.04', fixed: 'FROM ubuntu:26.04\n' },
    { code: 'FROM arm64v8/ubuntu:disco\n', at: 'disco', fixed: 'FROM arm64v8/ubuntu:resolute\n' },
    { code: 'FROM alpine:3.12.1\n', at: '3.12.1', fixed: 'FROM alpine:3.24\n' },
    { code: 'FROM centos:centos7.9.2009\n', at: 'centos7.9.2009' },
    { code: 'FROM centos:latest\nFROM quay.io/centos/centos:stream8\n', at: ['latest', 'stream8'] },
    { code: 'FROM registry.fedoraproject.org/fedora:38\n', at: '38', fixed: 'FROM registry.fedoraproject.org/fedora:44\n' },
    { code: 'FROM node:14.17-alpine3.13\n', at: ['14.17', 'alpine3.13'], fixed: 'FROM node:26-alpine3.24\n' },
    { code: 'FROM node:lts-alpine3.13\nFROM node:hydrogen\n', at: ['alpine3.13', 'hydrogen'] },
    { code: 'FROM python:2-slim-buster\n', at: ['2', 'buster'], fixed: 'FROM python:3.14-slim-trixie\n' },
    { code: 'FROM mirror.example/dockerhub/library/python:3.6.15\n', at: '3.6.15' },
    { code: 'FROM mcr.microsoft.com/powershell:lts-ubuntu-18.04\n', at: '18.04', fixed: 'FROM mcr.microsoft.com/powershell:lts-ubuntu-26.04\n' },
    { code: 'FROM gcr.io/distroless/java-debian10:nonroot\n', at: 'debian10', fixed: 'FROM gcr.io/distroless/java-debian13:nonroot\n' },
    { code: 'ARG V=9\nFROM debian:$V\n', at: 'debian:$V', fixed: 'ARG V=9\nFROM debian:$V\n' },
    { code: 'FROM debian:9@sha256:' + '0'.repeat(64) + '\n', at: '9' },
    { code: 'FROM amazonlinux:1\nFROM opensuse/leap:15.5\nFROM oraclelinux:7-slim\n', at: ['1', '15.5', '7'] },
  ],
});

test('PL1005 goes by the day it is told', () => {
  const on = (today: string): number => lintText('FROM debian:12\n', { rules: [rule], today }).diagnostics.length;
  assert.deepEqual([on('2028-06-30'), on('2028-07-01')], [0, 1]);
  const ltsc2016 = 'FROM mcr.microsoft.com/windows/servercore:ltsc2016-amd64\n';
  assert.equal(lintText(ltsc2016, { rules: [rule], today: '2027-02-01' }).diagnostics.length, 1);
  assert.equal(lintText(ltsc2016, { rules: [rule], today: '2027-01-01' }).diagnostics.length, 0);
});
