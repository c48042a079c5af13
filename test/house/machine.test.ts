import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { launchChromium } from '../support/chromium';
import { startPostgres } from '../support/postgres';

test('a real PostgreSQL starts, keeps two databases apart, and leaves nothing behind', async () => {
  const postgres = await startPostgres();
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('CREATE TABLE mine (id int)');
  await client.end();
  const other = new Client({ connectionString: await postgres.createDatabase() });
  await other.connect();
  await expect(other.query('SELECT * FROM mine')).rejects.toThrow(/does not exist/);
  await other.end();
  const socket = new URL(postgres.url).searchParams.get('host');
  await postgres.stop();
  if (socket) expect(existsSync(socket)).toBe(false);
});

test('a real Chromium starts and draws', async () => {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.setContent('<h1>可以使用</h1>');
  expect(await page.textContent('h1')).toBe('可以使用');
  await browser.close();
});
