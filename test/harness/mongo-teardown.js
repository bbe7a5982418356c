export { closeDoor as default } from './mongo-server.js';
