/** Rows that ticks make, of a day of a real campaign, and of reminders; and what officers are told of their campaigns. */
const BY_A_TICK = /^(?:C\w{4}\|[^|:]+\||movement:|codeEnding:)/;
const TO_AN_OFFICER = /^C\w{4}(?:\|[^|:]+)?:campaign(?:News|Begun):/;

/**
 * A channel that writes the id of such a row into its text: a campaign says the same every day, and nothing at the platform
 * would tell yesterday's message from today's.
 * @param {import('../../../../bots/port.ts').Channel} channel
 * @returns {import('../../../../bots/port.ts').Channel}
 */
export const marked = (channel) => ({
  ...channel,
  send: (message) => {
    if (!BY_A_TICK.test(message.id) && !TO_AN_OFFICER.test(message.id)) return channel.send(message);
    const sign = { key: 'declare.about.name', values: { name: `#@${message.id}#` } };
    return channel.send({ ...message, say: { ...message.say, notes: [...message.say.notes, sign] } });
  },
});
