// SPDX-License-Identifier: Apache-2.0
// What every client here needs: the sandbox it talks to, and a way to say what it found.
import https from 'node:https';

/** The sandbox's address and the keys of its configuration. */
export const sandbox = JSON.parse(process.env.SANDBOX);
export const address = new URL(sandbox.url);

// Clients that know a vendor by its domain alone speak to port 443; here it is another one.
https.globalAgent.defaultPort = Number(address.port);

/** Runs a client's steps; what they return is the last line that is printed. */
export async function run(steps) {
  try {
    const found = await steps();
    console.log(JSON.stringify(found));
  } catch (e) {
    console.error(e);
    process.exitCode = 1;
  }
}
