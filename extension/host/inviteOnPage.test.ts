import { expect, it } from 'vitest';
import { inviteOnPage } from './inviteOnPage.ts';

const SERVER = 'https://foyer.example';
const TOKEN = 'invite-token-0123456789';
const page = (url: string) => new URL(url);

it('IN1: an invite link of our own server is read', () => {
  expect(inviteOnPage(page(`${SERVER}/g/group0001#${TOKEN}`), SERVER)).toEqual({
    eventId: 'group0001',
    inviteToken: TOKEN,
  });
});

it.each([
  `https://evil.example/g/group0001#${TOKEN}`,
  `http://foyer.example/g/group0001#${TOKEN}`,
  `${SERVER}/organize/group0001#${TOKEN}`,
  `${SERVER}/g/group0001`,
  `${SERVER}/g/group0001#short`,
  `${SERVER}/g/%2e%2e#${TOKEN}`,
  `${SERVER}/g/group0001/more#${TOKEN}`,
])('IN2: %s is no invite', (url) => {
  expect(inviteOnPage(page(url), SERVER)).toBeNull();
});
