/**
 * Run as a program of its own by mongod.mjs: `node download.mjs <folder>` lets mongodb-memory-server fetch its MongoDB
 * into the folder and prints the path as the last line. A separate process, because a hanging download can be killed.
 */
import { MongoBinary } from 'mongodb-memory-server';

const path = await MongoBinary.getPath({ downloadDir: process.argv[2] ?? '', checkMD5: true });
process.stdout.write(`\n${path}\n`);
