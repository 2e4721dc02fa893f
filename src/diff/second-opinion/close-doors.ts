/**
 * Takes from a thread whatever reads a file, opens a connection or starts a process. The tool behind it resolves references by itself and
 * cannot be told not to; no question holds one, and should one ever get through, there is nothing left to follow it with.
 */
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

/** What is asked of a closed door. */
function refuse(): never {
  throw new Error('This thread may not read files, use the network or start processes.')
}

/** Closes them for good, for this thread. What the thread needs must have been loaded before: modules are files, too. */
export function closeDoors(): void {
  // `net.Socket` first: every connection of every library ends in its `connect`, whoever kept a copy of what.
  for (const room of [net.Socket.prototype, fs, fs.promises, net, tls, http, https, http2, dns, dns.promises, dgram, childProcess])
    close(room)
  for (const name of ['fetch', 'WebSocket', 'EventSource']) Object.defineProperty(globalThis, name, { value: refuse })
  syncBuiltinESMExports()
}

function close(room: object): void {
  for (const name of Object.getOwnPropertyNames(room)) {
    const door: PropertyDescriptor | undefined = Object.getOwnPropertyDescriptor(room, name)
    const isOpen = typeof door?.value === 'function' && door.configurable === true && name !== 'constructor'
    if (isOpen) Object.defineProperty(room, name, { value: refuse })
  }
}
