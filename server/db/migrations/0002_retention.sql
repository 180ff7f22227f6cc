ALTER TABLE "events" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
UPDATE "events" SET "closed_at" = now() WHERE "closed";--> statement-breakpoint
ALTER TABLE "events" DROP COLUMN "closed";--> statement-breakpoint
ALTER TABLE "met_pairs" ADD CONSTRAINT "met_pairs_ordered" CHECK ("met_pairs"."low_member" < "met_pairs"."high_member" collate "C");