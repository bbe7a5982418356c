import { expect, test } from '@jest/globals';
import { trainingUri } from '../../src/app/store.ts';

test.each([
  [
    'mongodb://127.0.0.1:27017/khaibao?replicaSet=rs0',
    'mongodb://127.0.0.1:27017/khaibao-training?replicaSet=rs0',
  ],
  ['mongodb://127.0.0.1:27017', 'mongodb://127.0.0.1:27017/test-training'],
  ['mongodb://127.0.0.1:27017/', 'mongodb://127.0.0.1:27017/test-training'],
  ['mongodb://127.0.0.1:27017/?tls=true', 'mongodb://127.0.0.1:27017/test-training?tls=true'],
  [
    'mongodb://user:p%40ss@db1:1,db2:2,db3:3/khaibao?tls=true&authSource=admin',
    'mongodb://user:p%40ss@db1:1,db2:2,db3:3/khaibao-training?tls=true&authSource=admin',
  ],
  ['mongodb://u:p@h/kb', 'mongodb://u:p@h/kb-training?authSource=kb'],
  ['mongodb://u:p@h/?tls=true', 'mongodb://u:p@h/test-training?tls=true&authSource=admin'],
  ['mongodb://u:p@h', 'mongodb://u:p@h/test-training?authSource=admin'],
  ['mongodb+srv://cluster.example.org/khaibao', 'mongodb+srv://cluster.example.org/khaibao-training'],
])('exercises of %s lie in %s', (uri, training) => {
  expect(trainingUri(uri)).toBe(training);
});
