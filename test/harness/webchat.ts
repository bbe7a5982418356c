import { findWebchat } from '../../tools/webchat.mjs';

/** The path of Microsoft's own web client for bots: one script for a browser. */
export const webchatBundle = (): Promise<string> => findWebchat();
