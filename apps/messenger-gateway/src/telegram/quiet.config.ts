/**
 * telegraf prints whole payloads, texts of people and the webhook's secret among them, when DEBUG names it or `*`.
 * Imported before telegraf, which reads the variable once when it is loaded.
 */
if (process.env.DEBUG) process.env.DEBUG = `${process.env.DEBUG},-telegraf:*`;
