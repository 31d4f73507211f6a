// The simulated clock between two messages: extrapolated from the speed, frozen when the stream is away.
export class Clock {
  constructor(wall = () => performance.now()) {
    this.wall = wall;
    this.t_ms = 0;
    this.at = 0;
    this.speed = 0;
  }

  // A message carried the clock: start again from what the server says.
  set(clock, running) {
    this.t_ms = clock.t_ms;
    this.at = this.wall();
    this.speed = running ? clock.speed : 0;
  }

  // The stream is away: stand still until the next message.
  freeze() {
    this.t_ms = this.now();
    this.at = this.wall();
    this.speed = 0;
  }

  now() {
    return Math.round(this.t_ms + (this.wall() - this.at) * this.speed);
  }
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEK_MIN = 7 * 24 * 60;

// Minute of the week at which t_ms = 0, from a pair the server gave: story "Wed 03:26" at t_ms.
export const storyStart = (story, t_ms) => {
  const found = /^(\w{3}) (\d\d):(\d\d)$/.exec(story || "");
  if (!found) return 0;
  const minute = DAYS.indexOf(found[1]) * 1440 + Number(found[2]) * 60 + Number(found[3]);
  return minute - Math.floor(t_ms / 60000);
};

// The latest moment not after `now_ms` whose time of day is "03:16"; null where the text is none.
export const momentOf = (start_min, text, now_ms) => {
  const found = /^\s*(\d?\d)[:.](\d\d)\s*$/.exec(text || "");
  if (!found || Number(found[1]) > 23 || Number(found[2]) > 59) return null;
  const wanted = Number(found[1]) * 60 + Number(found[2]);
  const now = start_min + Math.floor(now_ms / 60000);
  const back = (((now - wanted) % 1440) + 1440) % 1440;
  return (now - back - start_min) * 60000;
};

export const storyAt = (start_min, t_ms) => {
  const minute = (((start_min + Math.floor(t_ms / 60000)) % WEEK_MIN) + WEEK_MIN) % WEEK_MIN;
  const two = (n) => String(n).padStart(2, "0");
  return { day: DAYS[Math.floor(minute / 1440)], time: `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}` };
};
