ALTER TABLE "met_pairs" ADD COLUMN "cycle" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "met_pairs" DROP CONSTRAINT "met_pairs_event_id_low_member_high_member_pk";--> statement-breakpoint
ALTER TABLE "met_pairs" ADD CONSTRAINT "met_pairs_event_id_cycle_low_member_high_member_pk" PRIMARY KEY("event_id","cycle","low_member","high_member");--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "minimum_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "cycle" integer DEFAULT 1 NOT NULL;
