CREATE TABLE "blocked_pairs" (
	"event_id" text NOT NULL,
	"low_member" text NOT NULL,
	"high_member" text NOT NULL,
	CONSTRAINT "blocked_pairs_event_id_low_member_high_member_pk" PRIMARY KEY("event_id","low_member","high_member"),
	CONSTRAINT "blocked_pairs_ordered" CHECK ("blocked_pairs"."low_member" < "blocked_pairs"."high_member" collate "C")
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "groups" text DEFAULT 'anybody' NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "languages" text DEFAULT 'any' NOT NULL;--> statement-breakpoint
ALTER TABLE "blocked_pairs" ADD CONSTRAINT "blocked_pairs_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;