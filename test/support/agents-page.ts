/** The agents' page by its accessible names, as an agent or a screen reader meets it. */
import { randomBytes, scryptSync } from 'node:crypto';
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** A password as the credential `passwords` of an agent-desktop keeps it. */
export function passwordHash(password: string): string {
  const salt = randomBytes(16);
  const options = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
  const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const hash = scryptSync(password, salt, 32, options);
  return `$scrypt$ln=17,r=8,p=1$${unpadded(salt)}$${unpadded(hash)}`;
}

export async function fillLogin(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Opens the agents' page, logs in and waits until the agent is there. */
export async function logIn(
  page: Page,
  url: string,
  username: string,
  password: string,
): Promise<void> {
  await page.goto(url);
  await fillLogin(page, username, password);
  await page.getByRole('button', { name: 'Log out' }).waitFor();
}

export function popup(page: Page, title: string): Locator {
  return page.getByRole('dialog', { name: title, exact: true });
}

export function popupContent(page: Page, title: string): FrameLocator {
  return popup(page, title).frameLocator('iframe');
}

export function dashboardTab(page: Page, title: string): Locator {
  return page.getByRole('tab', { name: title, exact: true });
}

export function offer(page: Page, contact: string): Locator {
  return page.getByRole('group', { name: contact, exact: true });
}

export async function answerOffer(
  page: Page,
  contact: string,
  answer: 'Accept' | 'Reject',
): Promise<void> {
  await offer(page, contact).getByRole('button', { name: answer, exact: true }).click();
}
