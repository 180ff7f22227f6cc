ALTER TABLE "events" ADD COLUMN "paused" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "rounds_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "round_minutes" integer;