/**
 * What Redis runs in one piece. An owner is written `<epoch> <node> <json>`: unique even if Redis
 * forgets its epochs, because the JSON names the process, and compared as a whole.
 */

/**
 * How far to look for an event's lobbies; the first one needs no note. Kept up by the renewals of all
 * further ones, so that it outlives the loss of Redis' data. `part`, `parts` and `life` are given.
 */
const NOTE_PART = `
if part > 1 then
  local known = tonumber(redis.call('GET', parts) or '1')
  redis.call('SET', parts, math.max(part, known), 'PX', life)
end
`;

/**
 * KEYS owner, epoch, changes, parts; ARGV node, json, lease ms, epoch's life ms, part, parts' life ms. Answers the owner, for how
 * many more ms it is one, and the number of announced changes. A node's earlier process is dead, so
 * its lobbies go to the new one at once.
 */
export const ACQUIRE = `
local changes = tonumber(redis.call('GET', KEYS[3]) or '0')
local held = redis.call('GET', KEYS[1])
if held and string.match(held, '^%d+ (%S+) ') ~= ARGV[1] then
  return {held, redis.call('PTTL', KEYS[1]), changes}
end
local epoch = redis.call('INCR', KEYS[2])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
local value = epoch .. ' ' .. ARGV[1] .. ' ' .. ARGV[2]
redis.call('SET', KEYS[1], value, 'PX', ARGV[3])
local part, parts, life = tonumber(ARGV[5]), KEYS[4], ARGV[6]
${NOTE_PART}
return {value, tonumber(ARGV[3]), changes}
`;

/**
 * KEYS owner, counts, changes, parts; ARGV owner, lease ms, counts, part, parts' life ms. Answers the number of announced
 * changes, or -1 when somebody else is the owner. Only an owner whose lease still runs asks: if Redis
 * knows no owner then, it has lost its data, and nobody else came first.
 */
export const RENEW = `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return -1 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[2])
local part, parts, life = tonumber(ARGV[4]), KEYS[4], ARGV[5]
${NOTE_PART}
return tonumber(redis.call('GET', KEYS[3]) or '0')
`;

/** KEYS owner, counts; ARGV owner. */
export const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1], KEYS[2]) end
return 0
`;

/** KEYS tally; ARGV window ms. Answers how many it has counted in this window, and the rest of it in ms. */
export const TALLY = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}
`;
