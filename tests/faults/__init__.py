"""What breaks outside the product: power, disks, processes, lines; and that nothing acknowledged is lost then (P6)."""
