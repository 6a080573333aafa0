ALTER TABLE "delivery_attempt" ADD COLUMN "batch_id" uuid NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "topic" text;