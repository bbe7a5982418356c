export { openDoor as default } from './mongo-server.js';
