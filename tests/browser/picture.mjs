// A small picture made from nothing, for the photo fields.
import { deflateSync } from "node:zlib";

/// A PNG of two colours, as a phone's screenshot would be sent.
export function picture(width = 64, height = 48) {
  const rows = [];
  for (let y = 0; y < height; y += 1) {
    // Each row begins with its filter: none.
    rows.push(0);
    for (let x = 0; x < width; x += 1) rows.push(...((x >> 3) + (y >> 3)) % 2 ? [90, 90, 96] : [200, 190, 170]);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a channel, red, green and blue, no interlacing.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(Buffer.from(rows))), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name, content) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const frame = Buffer.alloc(named.length + 8);
  frame.writeUInt32BE(content.length, 0);
  named.copy(frame, 4);
  frame.writeUInt32BE(checksum(named), named.length + 4);
  return frame;
}

/// The cyclic redundancy check of the PNG format, bit by bit: the pictures are small.
function checksum(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}
