// What a script finds besides the language: the part of Node's globals that inline code uses.
// This text runs inside the sandbox; `__host*` are the only ways out, all take and give text.

/** Run before the user's code. */
export const prelude = String.raw`
'use strict';
(() => {
  const hostHash = globalThis.__hostHash,
    hostHmac = globalThis.__hostHmac;
  const hostUrl = globalThis.__hostUrl,
    hostUuid = globalThis.__hostUuid;
  for (const name of [
    '__hostHash',
    '__hostHmac',
    '__hostUrl',
    '__hostUuid',
  ])
    delete globalThis[name];
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const toBase64 = (bytes) => {
    let text = '';
    for (let i = 0; i < bytes.length; i += 3) {
      const n = (bytes[i] << 16) | ((bytes[i + 1] || 0) << 8) | (bytes[i + 2] || 0);
      text +=
        alphabet[n >> 18] +
        alphabet[(n >> 12) & 63] +
        (i + 1 < bytes.length ? alphabet[(n >> 6) & 63] : '=') +
        (i + 2 < bytes.length ? alphabet[n & 63] : '=');
    }
    return text;
  };
  const fromBase64 = (text) => {
    const bytes = [];
    let bits = 0,
      held = 0;
    for (const character of String(text).replace(/-/g, '+').replace(/_/g, '/')) {
      const value = alphabet.indexOf(character);
      if (value < 0) {
        if (character === '=') break;
        continue;
      }
      held = (held << 6) | value;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        bytes.push((held >> bits) & 255);
      }
    }
    return bytes;
  };
  const latin1 = (bytes) => {
    let text = '';
    for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]);
    return text;
  };
  const fromLatin1 = (text) => {
    const bytes = new Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i) & 255;
    return bytes;
  };
  // Bytes cross the border as hex: a text with NUL would be cut there.
  const toHex = (bytes) => {
    let text = '';
    for (let i = 0; i < bytes.length; i++) text += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16);
    return text;
  };
  const fromHex = (text) => {
    const bytes = [];
    for (let i = 0; i + 1 < text.length; i += 2) bytes.push(parseInt(text.slice(i, i + 2), 16));
    return bytes;
  };
  const utf8 = (text) => {
    const bytes = [];
    for (const character of String(text)) {
      let code = character.codePointAt(0);
      if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
      if (code < 0x80) bytes.push(code);
      else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
      else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    }
    return bytes;
  };
  const fromUtf8 = (bytes) => {
    let text = '';
    for (let i = 0; i < bytes.length; ) {
      const lead = bytes[i++];
      let more = -1;
      if (lead < 0x80) more = 0;
      else if (lead >= 0xc2 && lead < 0xe0) more = 1;
      else if (lead >= 0xe0 && lead < 0xf0) more = 2;
      else if (lead >= 0xf0 && lead < 0xf5) more = 3;
      let code = more <= 0 ? lead : lead & (63 >> more);
      let left = more;
      while (left > 0 && (bytes[i] & 0xc0) === 0x80) { code = (code << 6) | (bytes[i++] & 63); left--; }
      const least = [0, 0x80, 0x800, 0x10000][more];
      const wrong = more < 0 || left > 0 || code < least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
      text += String.fromCodePoint(wrong ? 0xfffd : code);
    }
    return text;
  };
  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value === 'string') return Buffer.fromBytes(decodeText(value, encoding));
      if (value instanceof ArrayBuffer) return Buffer.fromBytes(new Uint8Array(value));
      if (value && value.type === 'Buffer' && Array.isArray(value.data))
        return Buffer.fromBytes(value.data);
      return Buffer.fromBytes(value);
    }
    static fromBytes(bytes) {
      const buffer = new Buffer(bytes.length);
      buffer.set(bytes);
      return buffer;
    }
    static alloc(size, fill) {
      const buffer = new Buffer(size);
      if (fill) buffer.fill(fill);
      return buffer;
    }
    static concat(list) {
      const all = [];
      for (const each of list) for (const byte of each) all.push(byte);
      return Buffer.fromBytes(all);
    }
    static isBuffer(value) {
      return value instanceof Buffer;
    }
    static byteLength(value, encoding) {
      return typeof value === 'string' ? decodeText(value, encoding).length : value.length;
    }
    toString(encoding) {
      switch (String(encoding || 'utf8').toLowerCase()) {
        case 'base64':
          return toBase64(this);
        case 'base64url':
          return toBase64(this).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
        case 'hex':
          return Array.from(this, (byte) => byte.toString(16).padStart(2, '0')).join('');
        case 'latin1':
        case 'binary':
          return latin1(this);
        case 'ascii':
          return latin1(Array.from(this, (byte) => byte & 127));
        case 'utf16le':
        case 'ucs2': {
          let text = '';
          for (let i = 0; i + 1 < this.length; i += 2)
            text += String.fromCharCode(this[i] | (this[i + 1] << 8));
          return text;
        }
        default:
          return fromUtf8(this);
      }
    }
    equals(other) {
      return this.length === other.length && this.every((byte, i) => byte === other[i]);
    }
    toJSON() {
      return { type: 'Buffer', data: Array.from(this) };
    }
  }
  const decodeText = (text, encoding) => {
    switch (String(encoding || 'utf8').toLowerCase()) {
      case 'base64':
      case 'base64url':
        return fromBase64(text);
      case 'hex': {
        const bytes = [];
        for (let i = 0; i + 1 < text.length; i += 2) bytes.push(parseInt(text.slice(i, i + 2), 16));
        return bytes;
      }
      case 'latin1':
      case 'binary':
      case 'ascii':
        return fromLatin1(text);
      case 'utf16le':
      case 'ucs2': {
        const bytes = [];
        for (let i = 0; i < text.length; i++)
          bytes.push(text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8);
        return bytes;
      }
      default:
        return utf8(text);
    }
  };
  define('Buffer', Buffer);
  define('atob', (text) => latin1(fromBase64(text)));
  define('btoa', (text) => toBase64(fromLatin1(String(text))));
  define(
    'TextEncoder',
    class TextEncoder {
      get encoding() {
        return 'utf-8';
      }
      encode(text = '') {
        return new Uint8Array(utf8(text));
      }
    },
  );
  define(
    'TextDecoder',
    class TextDecoder {
      get encoding() {
        return 'utf-8';
      }
      decode(bytes = []) {
        return fromUtf8(
          new Uint8Array(
            bytes.buffer
              ? bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
              : bytes,
          ),
        );
      }
    },
  );
  const silent = () => undefined;
  define('console', {
    log: silent,
    info: silent,
    warn: silent,
    error: silent,
    debug: silent,
    trace: silent,
  });
  const decodeForm = (text) => decodeURIComponent(text.replace(/\+/g, ' '));
  class URLSearchParams {
    constructor(init = '') {
      this.pairs =
        typeof init === 'string'
          ? init
              .replace(/^\?/, '')
              .split('&')
              .filter(Boolean)
              .map((pair) => {
                const at = pair.indexOf('=');
                return at < 0
                  ? [decodeForm(pair), '']
                  : [decodeForm(pair.slice(0, at)), decodeForm(pair.slice(at + 1))];
              })
          : Array.from(
              typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init),
              ([name, value]) => [String(name), String(value)],
            );
    }
    get(name) {
      const found = this.pairs.find(([each]) => each === name);
      return found ? found[1] : null;
    }
    getAll(name) {
      return this.pairs.filter(([each]) => each === name).map(([, value]) => value);
    }
    has(name) {
      return this.pairs.some(([each]) => each === name);
    }
    append(name, value) {
      this.pairs.push([String(name), String(value)]);
    }
    delete(name) {
      this.pairs = this.pairs.filter(([each]) => each !== name);
    }
    set(name, value) {
      const at = this.pairs.findIndex(([each]) => each === name);
      if (at < 0) return this.append(name, value);
      this.pairs[at][1] = String(value);
      this.pairs = this.pairs.filter(([each], i) => each !== name || i === at);
    }
    forEach(callback) {
      for (const [name, value] of this.pairs) callback(value, name, this);
    }
    keys() {
      return this.pairs.map(([name]) => name)[Symbol.iterator]();
    }
    values() {
      return this.pairs.map(([, value]) => value)[Symbol.iterator]();
    }
    entries() {
      return this.pairs.map((pair) => [...pair])[Symbol.iterator]();
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toString() {
      const encode = (text) =>
        encodeURIComponent(text)
          .replace(/%20/g, '+')
          .replace(/[!'()~]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
      return this.pairs.map(([name, value]) => encode(name) + '=' + encode(value)).join('&');
    }
  }
  define('URLSearchParams', URLSearchParams);
  define(
    'URL',
    class URL {
      constructor(text, base) {
        const parts = hostUrl(String(text), base === undefined ? '' : String(base));
        if (parts === '') throw new TypeError('Invalid URL');
        Object.assign(this, JSON.parse(parts));
        this.searchParams = new URLSearchParams(this.search);
      }
      toString() {
        return this.href;
      }
      toJSON() {
        return this.href;
      }
    },
  );
  const bytesOf = (value, encoding) =>
    toHex(typeof value === 'string' ? decodeText(value, encoding) : value);
  const digester = (finish) => {
    const chunks = [];
    const self = {
      update(value, encoding) {
        chunks.push(bytesOf(value, encoding));
        return self;
      },
      digest(encoding) {
        const digest = Buffer.fromBytes(fromHex(finish(chunks.join(''))));
        return encoding ? digest.toString(encoding) : digest;
      },
    };
    return self;
  };
  const crypto = {
    createHash: (algorithm) => digester((data) => hostHash(String(algorithm), data)),
    createHmac: (algorithm, key) => {
      const bytes = bytesOf(key);
      return digester((data) => hostHmac(String(algorithm), bytes, data));
    },
    randomUUID: () => hostUuid(),
  };
  define('require', (name) => {
    if (name === 'crypto' || name === 'node:crypto') return crypto;
    if (name === 'buffer' || name === 'node:buffer') return { Buffer };
    if (name === 'url' || name === 'node:url') return { URL: globalThis.URL, URLSearchParams };
    throw new Error(
      "require('" +
        name +
        "') is not available to inline code; 'crypto' (createHash, createHmac, randomUUID), 'buffer' and 'url' are",
    );
  });
  for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch', 'process']) {
    define(name, undefined);
  }
})();
`;
