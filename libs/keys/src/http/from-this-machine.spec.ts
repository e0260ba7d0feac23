import { expect, it } from '@jest/globals';
import { isFromThisMachine, isLoopback, type Origin } from './from-this-machine.js';

const LOCAL: Origin = { listensOn: '127.0.0.1', remoteAddress: '127.0.0.1', headers: { host: '127.0.0.1:3000' } };

const withHeaders = (headers: Record<string, string>): Origin => ({
  ...LOCAL,
  headers: { ...LOCAL.headers, ...headers },
});

it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('%s is loopback', (address) => {
  expect(isLoopback(address)).toBe(true);
});

it.each(['10.0.0.1', '0.0.0.0', '::', '::ffff:10.0.0.1', '127.0.0.1.example.org', '', undefined])(
  '%p is not loopback',
  (address) => {
    expect(isLoopback(address)).toBe(false);
  },
);

it.each(['127.0.0.1:3000', 'localhost:3000', 'LOCALHOST', '[::1]:3000', '127.0.0.1'])(
  'a program of this machine that asks %s is one of this machine',
  (host) => {
    expect(isFromThisMachine(withHeaders({ host }))).toBe(true);
  },
);

it.each([
  ['a process that others reach too', { ...LOCAL, listensOn: '0.0.0.0' }],
  ['a process that others reach over IPv6', { ...LOCAL, listensOn: '::' }],
  ['a process that does not listen', { ...LOCAL, listensOn: undefined }],
  ['another machine', { ...LOCAL, remoteAddress: '10.0.0.7' }],
  ['nobody knows where', { ...LOCAL, remoteAddress: undefined }],
])('what is sent by or to %s is not', (_, origin) => {
  expect(isFromThisMachine(origin)).toBe(false);
});

it.each([
  ['forwarded', 'for=10.0.0.7'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-forwarded-proto', 'https'],
  ['x-real-ip', '10.0.0.7'],
  ['via', '1.1 proxy'],
  ['cf-connecting-ip', '10.0.0.7'],
  ['fastly-client-ip', '10.0.0.7'],
  ['x-azure-clientip', '10.0.0.7'],
  ['x-forwarded', 'for=10.0.0.7'],
])('what a proxy of this machine passed on is not: %s', (name, value) => {
  expect(isFromThisMachine(withHeaders({ [name]: value }))).toBe(false);
});

it.each(['chronicle.example.org', '127.0.0.1.example.org:3000', 'localhost.example.org', ''])(
  'what was sent to the name %p is not, though it led here',
  (host) => {
    expect(isFromThisMachine(withHeaders({ host }))).toBe(false);
  },
);

it.each(['https://chronicle.example.org', 'http://127.0.0.1.example.org:3000', 'null', ''])(
  'what a browser sends for a page of %p is not, though the browser is',
  (origin) => {
    expect(isFromThisMachine(withHeaders({ origin }))).toBe(false);
  },
);

it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'])(
  'what a browser sends for our own page, %p, is',
  (origin) => {
    expect(isFromThisMachine(withHeaders({ origin }))).toBe(true);
  },
);
